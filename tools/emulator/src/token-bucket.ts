/** A fixed rate: up to one second's worth at once, then `perSecond` a second. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #monotonic: () => number
  #left: number
  #at: number

  /** @param monotonic milliseconds that never go back */
  constructor(perSecond: number, monotonic: () => number) {
    this.#perSecond = perSecond
    this.#monotonic = monotonic
    this.#left = Math.max(1, perSecond)
    this.#at = monotonic()
  }

  /** Takes one; 0 when there was one, else the milliseconds until there is. */
  take(): number {
    const now = this.#monotonic()
    this.#left = Math.min(Math.max(1, this.#perSecond), this.#left + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    if (this.#left < 1) return Math.ceil(((1 - this.#left) / this.#perSecond) * 1000)
    this.#left -= 1
    return 0
  }
}
