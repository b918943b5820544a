/** One set of keys, good at the moment it was given. */
export interface Credentials {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** The STS token; absent for a plain access key. */
  readonly securityToken?: string | undefined
}

/** Where keys come from. Asked before every attempt, so that keys which expire are replaced in the middle of a listing. */
export interface CredentialsProvider {
  /** Says in words where the keys come from, with nothing secret in it: `environment`, `profile default (AK)`. */
  readonly source: string
  /**
   * @throws CredentialsError (`no-credentials`) when there are none
   */
  readonly get: (signal?: AbortSignal) => Promise<Credentials>
  /** Called after DBS refused these keys as expired: the next `get` must not answer with them from memory. */
  readonly invalidate?: (refused: Credentials) => void
}
