/** What a signature is computed over; nothing else of a request is signed. */
export interface SignableRequest {
  /** As sent: `GET` or `POST`. */
  readonly method: string
  /** Decoded names and values of the URL's query. */
  readonly query: Readonly<Record<string, string>>
  /** Names in any case; several values of one name as an array. Only `host`, `content-type` and `x-acs-*` are signed under v3. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** Lower-case hex of SHA-256 over the exact body, the empty one too. */
  readonly bodyHash: string
  /** @default '/', which every action of DBS has */
  readonly path?: string
}

/** A pair of keys to sign with. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
}
