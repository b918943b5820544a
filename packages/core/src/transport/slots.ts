import { abortErrorOf } from '../errors/aborted-error.js'

/** A bound on what is in flight at once; first come, first served. */
export class Slots {
  #free: number
  readonly #waiting = new Set<() => void>()

  /** @param slots how many may be taken at once */
  constructor(slots: number) {
    this.#free = slots
  }

  /** Resolves with what gives the slot back; rejects only when `signal` aborts, and then no slot is taken. */
  async take(signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted === true) throw abortErrorOf(signal)
    if (this.#free > 0) this.#free--
    else await this.#wait(signal)
    let taken = true
    return () => {
      if (!taken) return
      taken = false
      this.#handOn()
    }
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.#waiting.delete(go)
        if (signal !== undefined) reject(abortErrorOf(signal))
      }
      this.#waiting.add(go)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  #handOn(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#free++
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
