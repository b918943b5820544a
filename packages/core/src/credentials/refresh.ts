import type { Clock } from '../clock.js'
import { abortErrorOf } from '../errors/aborted-error.js'
import type { Credentials } from './credentials.js'
import { MaskedCredentials } from './static.js'

/** Keys are asked for again after so long: the vendor's package then gives the same, or renews them 15 minutes before they expire. */
const askAgainMs = 60_000
/** Keys that were confirmed so recently are still good when asking again fails: they had at least 15 minutes. */
const stillGoodMs = 600_000

/** One asking for all who need keys at once, remembered for a minute. */
export class SharedKeys {
  readonly #clock: Clock
  readonly #ask: () => Promise<Credentials>
  #held: { readonly keys: Credentials; readonly at: number } | undefined
  #asking: Promise<Credentials> | undefined

  constructor(clock: Clock, ask: () => Promise<Credentials>) {
    this.#clock = clock
    this.#ask = ask
  }

  /** What was held is not used again, not even when asking fails. */
  forget(): void {
    this.#held = undefined
  }

  async get(signal?: AbortSignal): Promise<Credentials> {
    const now = this.#clock.monotonic()
    if (this.#held !== undefined && now - this.#held.at < askAgainMs) return this.#held.keys
    this.#asking ??= this.#renew().finally(() => (this.#asking = undefined))
    return unlessAborted(this.#asking, signal)
  }

  async #renew(): Promise<Credentials> {
    const before = this.#held
    try {
      const keys = new MaskedCredentials(await this.#ask())
      this.#held = { keys, at: this.#clock.monotonic() }
      return keys
    } catch (error) {
      if (before !== undefined && before === this.#held && this.#clock.monotonic() - before.at < stillGoodMs) return before.keys
      throw error
    }
  }
}

/** One who leaves does not take the others' keys away. */
async function unlessAborted<Value>(shared: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return shared
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(abortErrorOf(signal))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
