import type { Clock } from '../clock.js'
import { abortErrorOf } from '../errors/aborted-error.js'
import { unlessAborted } from '../unless-aborted.js'
import type { Credentials } from './credentials.js'
import type { MaskedCredentials } from './static.js'

/** Gives the keys of the moment, from one place that was found. */
export type AskForKeys = () => Promise<MaskedCredentials>

/** Keys are asked for again after so long: the vendor's package then gives the same, or renews them 15 minutes before they expire. */
const askAgainMs = 60_000
/** After an asking that failed while the old keys are still good, the next waits so long. */
const pauseAfterFailureMs = 10_000
/** Keys that were confirmed so recently are still good when asking again fails: they had at least 15 minutes. */
const stillGoodMs = 600_000

interface Held {
  readonly keys: MaskedCredentials
  readonly confirmedAt: number
  readonly askAgainAt: number
}

/** One asking for all who need keys at once, remembered for a minute. */
export class SharedKeys {
  readonly #clock: Clock
  readonly #open: () => Promise<AskForKeys>
  #ask: Promise<AskForKeys> | undefined
  #held: Held | undefined
  #asking: Promise<Credentials> | undefined

  /** @param open finds where to ask; called again after a failure and after `forget`, since the vendor's chain sticks to what failed */
  constructor(clock: Clock, open: () => Promise<AskForKeys>) {
    this.#clock = clock
    this.#open = open
  }

  /** These keys were refused: they are not used again. Where others stand in their place already, those stay: ten refusals at once ask once. */
  forget(refused: Credentials): void {
    if (this.#held?.keys.equal(refused) !== true) return
    this.#held = undefined
    this.#ask = undefined
    this.#asking = undefined
  }

  async get(signal?: AbortSignal): Promise<Credentials> {
    if (this.#held !== undefined && this.#clock.monotonic() < this.#held.askAgainAt) return this.#held.keys
    if (signal?.aborted === true) throw abortErrorOf(signal)
    // One who leaves does not take the others' keys away.
    return unlessAborted((this.#asking ??= this.#begin()), signal)
  }

  #begin(): Promise<Credentials> {
    const asking = this.#renew()
    const ended = (): void => {
      if (this.#asking === asking) this.#asking = undefined
    }
    asking.then(ended, ended)
    return asking
  }

  async #renew(): Promise<Credentials> {
    const ask = (this.#ask ??= this.#open())
    try {
      const keys = await (await ask)()
      const now = this.#clock.monotonic()
      if (this.#ask === ask) this.#held = { keys, confirmedAt: now, askAgainAt: now + askAgainMs }
      return keys
    } catch (error) {
      if (this.#ask !== ask) throw error // forgotten meanwhile
      this.#ask = undefined
      const now = this.#clock.monotonic()
      if (this.#held === undefined || now - this.#held.confirmedAt >= stillGoodMs) throw error
      this.#held = { ...this.#held, askAgainAt: now + pauseAfterFailureMs }
      return this.#held.keys
    }
  }
}
