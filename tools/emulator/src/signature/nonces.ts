/** Which nonces were used, for as long as a request that bears one could still be in time. */
export class Nonces {
  readonly #keepMs: number
  readonly #used = new Map<string, number>()

  /** @param windowMs how far a timestamp may be off, either way */
  constructor(windowMs: number) {
    this.#keepMs = 2 * windowMs
  }

  has(accessKeyId: string, nonce: string): boolean {
    return this.#used.has(`${accessKeyId} ${nonce}`)
  }

  /** @param now epoch milliseconds */
  add(accessKeyId: string, nonce: string, now: number): void {
    for (const [key, at] of this.#used) {
      if (now - at <= this.#keepMs) break
      this.#used.delete(key)
    }
    this.#used.set(`${accessKeyId} ${nonce}`, now)
  }
}
