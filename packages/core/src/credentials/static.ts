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

  equal({ accessKeyId, accessKeySecret, securityToken }: Credentials): boolean {
    return accessKeyId === this.accessKeyId && accessKeySecret === this.#secret && securityToken === this.#token
  }

  toJSON(): object {
    return { accessKeyId: this.accessKeyId, accessKeySecret: '***', ...(this.#token !== undefined && { securityToken: '***' }) }
  }

  [inspect.custom](): string {
    return `Credentials ${JSON.stringify(this)}`
  }
}

/**
 * The keys, masked.
 * @param source named in the error
 * @throws CredentialsError when one of the two is empty, or one holds what no key holds: a line end that came along when it was copied would be refused
 * as a wrong signature, or by the HTTP client, with the key in its message
 */
export function checkedKeys(keys: Credentials, source: string): MaskedCredentials {
  const named = { AccessKeyId: keys.accessKeyId, AccessKeySecret: keys.accessKeySecret, SecurityToken: keys.securityToken ?? '' }
  for (const [name, value] of Object.entries(named)) {
    if (value === '' && name !== 'SecurityToken') {
      throw new CredentialsError(`The ${name} is empty (${source}).`, 'Give both the id and the secret of an access key.')
    }
    if (/[^\x21-\x7E]/.test(value)) {
      throw new CredentialsError(
        `The ${name} holds a blank, a line end or another character that no key has (${source}).`,
        'Copy it again, without what stands around it.',
      )
    }
  }
  return new MaskedCredentials(keys)
}

/**
 * Keys that are given and do not change.
 * @throws CredentialsError when one of the two is missing, or holds what no key holds
 */
export function staticCredentials(keys: Credentials, source = 'given keys'): CredentialsProvider {
  const masked = checkedKeys(keys, source)
  return { source, get: async () => masked }
}
