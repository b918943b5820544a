import { DbsError } from './dbs-error.js'

/** What was asked cannot be sent: nothing was. The message names the field and its domain. */
export class InputError extends DbsError {
  override readonly name = 'InputError'
  /** The field at fault, in our spelling: `pageSize`. */
  readonly field: string | undefined

  constructor(message: string, { field, hint }: { readonly field?: string | undefined; readonly hint?: string | undefined } = {}) {
    super('invalid-input', message, { hint })
    this.field = field
  }
}
