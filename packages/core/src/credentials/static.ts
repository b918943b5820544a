import { inspect } from 'node:util'
import { CredentialsError } from '../errors/credentials-error.js'
import type { Credentials, CredentialsProvider } from './credentials.js'

/** Keys that do not show, whoever prints them. */
export class MaskedCredentials implements Credentials {
  readonly accessKeyId: string
  readonly #secret: string
  readonly #token: string | undefined

  constructor({ accessKeyId, accessKeySecret, securityToken }: Credentials) {
    this.accessKeyId = accessKeyId
    this.#secret = accessKeySecret
    this.#token = securityToken === '' ? undefined : securityToken
  }

  get accessKeySecret(): string {
    return this.#secret
  }

  get securityToken(): string | undefined {
    return this.#token
  }

  toJSON(): object {
    return { accessKeyId: this.accessKeyId, accessKeySecret: '***', ...(this.#token !== undefined && { securityToken: '***' }) }
  }

  [inspect.custom](): string {
    return `Credentials ${JSON.stringify(this)}`
  }
}

/**
 * Keys that are given and do not change.
 * @throws CredentialsError when one of the two is missing
 */
export function staticCredentials(keys: Credentials, source = 'given keys'): CredentialsProvider {
  const missing = keys.accessKeyId === '' ? 'AccessKeyId' : keys.accessKeySecret === '' ? 'AccessKeySecret' : undefined
  if (missing !== undefined)
    throw new CredentialsError(`The ${missing} is empty (${source}).`, 'Give both the id and the secret of an access key.')
  const masked = new MaskedCredentials(keys)
  return { source, get: async () => masked }
}
