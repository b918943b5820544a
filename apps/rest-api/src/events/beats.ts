import type { Clock } from '@backset/core'

const beatMs = 500

/** Calls `onBeat` twice a second while there is a reason to. */
export class Beats {
  readonly #clock: Clock
  readonly #onBeat: (beat: number) => void
  #stop: AbortController | undefined

  /** @param onBeat told the number of the beat, from 1 */
  constructor(clock: Clock, onBeat: (beat: number) => void) {
    this.#clock = clock
    this.#onBeat = onBeat
  }

  start(): void {
    if (this.#stop !== undefined) return
    this.#stop = new AbortController()
    void this.#run(this.#stop.signal)
  }

  stop(): void {
    this.#stop?.abort()
    this.#stop = undefined
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let beat = 1; ; beat++) {
      await this.#clock.sleep(beatMs, signal).catch(() => undefined)
      if (signal.aborted) return
      this.#onBeat(beat)
    }
  }
}
