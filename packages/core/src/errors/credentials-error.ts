import { DbsError } from './dbs-error.js'

/** There are no keys to sign with, or those there are cannot be used. Holds nothing of what was read. */
export class CredentialsError extends DbsError {
  override readonly name = 'CredentialsError'

  constructor(message: string, hint: string, { retryable = false }: { readonly retryable?: boolean } = {}) {
    super('no-credentials', message, { hint, retryable })
  }
}
