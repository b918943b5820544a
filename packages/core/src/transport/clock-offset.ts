/** Before it the API did not exist; after it dates are not written in four digits. A Date outside is no clock to follow. */
const credible = { from: Date.UTC(2019, 0), to: Date.UTC(9999, 0) }

/** How far each host's clock is from ours, learnt from the Date header of an answer that said our time was wrong. */
export class ClockOffsets {
  readonly #offsets = new Map<string, number>()

  /** Milliseconds to add to our time for this host; 0 while nothing was learnt. */
  of(host: string): number {
    return this.#offsets.get(host) ?? 0
  }

  /**
   * @param now our own time when the answer came, epoch milliseconds
   * @returns whether there was a Date to learn from
   */
  learn(host: string, dateHeader: string | undefined, now: number): boolean {
    const theirs = Date.parse(dateHeader ?? '')
    if (!(theirs >= credible.from && theirs < credible.to)) return false
    this.#offsets.set(host, theirs - now)
    return true
  }
}
