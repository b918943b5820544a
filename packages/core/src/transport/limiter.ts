import { systemClock, type Clock } from '../clock.js'
import { abortErrorOf } from '../errors/aborted-error.js'
import { unlessAborted } from '../unless-aborted.js'
import { AdaptiveRate } from './adaptive-rate.js'
import type { Pace } from './pace.js'

/** How late a timer may wake without that the rate suffers. */
const catchUpMs = 20

/**
 * The default pace: in this process, for one account; the rate follows what DBS answers. A client makes one of its own; several that use the same account
 * should be given one together, since DBS counts all of them.
 * @example
 * const pace = new AdaptivePace()
 * const clients = regions.map((region) => new DbsClient({ region, pace }))
 */
export class AdaptivePace implements Pace {
  readonly #clock: Clock
  readonly #rate = new AdaptiveRate()
  /** Settles, never rejects, when the last in the queue has had its turn or left. */
  #last: Promise<unknown> = Promise.resolve()
  #nextAt = -Infinity

  /** @param clock the one of the clients @default the system's */
  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  /** Requests a second; Infinity while nothing is known of a limit. */
  get rate(): number {
    return this.#rate.at(this.#clock.monotonic())
  }

  readonly turn = async (_account: string, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted === true) throw abortErrorOf(signal)
    if (this.rate === Infinity) return
    const turn = this.#last.then(() => this.#wait(signal))
    this.#last = turn.catch(() => undefined) // who leaves the queue costs the others nothing
    await unlessAborted(turn, signal)
  }

  readonly succeeded = (): void => this.#rate.answered(this.#clock.monotonic(), false)

  readonly throttled = (): void => this.#rate.answered(this.#clock.monotonic(), true)

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    const early = this.#nextAt - this.#clock.monotonic()
    if (early > 0 || signal?.aborted === true) await this.#clock.sleep(Math.max(0, early), signal)
    const now = this.#clock.monotonic()
    this.#nextAt = (now - this.#nextAt < catchUpMs ? this.#nextAt : now) + 1000 / this.rate
  }
}
