import { ConnectionError, DbsError, pauseBeforeNext, type Clock } from '@backset/core'
import { LinkRefusedError } from './link-refused-error.js'
import type { LinkBook, Network, UsedLink } from './link-source.js'
import { askForRange, TransientError, type RangeAnswer } from './range-request.js'
import type { Range } from './ranges.js'
import type { Roads } from './roads.js'
import { StaleLink } from './setbacks.js'

/** What opens ranges is made of. */
export interface OpenerParts {
  readonly links: LinkBook
  readonly roads: Roads
  readonly clock: Clock
  readonly random: () => number
  readonly silenceMs: number
  /** Failures in a row without a byte between. */
  readonly maxAttempts: number
}

/** An answer and the network it came by. */
export type OpenRange = RangeAnswer & { readonly network: Network; readonly announcedSize: number | undefined }

/** Failures of one connection; bytes that come forgive them. */
export class Patience {
  readonly #parts: Pick<OpenerParts, 'clock' | 'random' | 'maxAttempts'>
  #failures = 0

  constructor(parts: Pick<OpenerParts, 'clock' | 'random' | 'maxAttempts'>) {
    this.#parts = parts
  }

  /**
   * Pauses before the next attempt.
   * @throws the error, when there is none
   */
  async after(error: unknown, signal: AbortSignal): Promise<void> {
    if (!(error instanceof DbsError) || signal.aborted) throw error
    const { throttled, retryAfterMs } = error instanceof TransientError ? error : { throttled: false, retryAfterMs: undefined }
    this.#failures += 1
    const failure = { retryable: isTransient(error), throttled, retryAfterMs }
    const { maxAttempts, random } = this.#parts
    const pauseMs = pauseBeforeNext(failure, this.#failures, { maxAttempts, leftMs: Infinity }, random)
    if (pauseMs === undefined) {
      error.attempts ??= this.#failures
      throw error
    }
    await this.#parts.clock.sleep(pauseMs, signal)
  }

  forgive(): void {
    this.#failures = 0
  }
}

export const isTransient = (error: unknown): error is DbsError =>
  error instanceof TransientError || (error instanceof ConnectionError && error.retryable)

/** Asks for a range until it is answered: with a fresh link, on the other network, after a pause. */
export async function openRange(
  { links, roads, clock, silenceMs }: OpenerParts,
  patience: Patience,
  range: Range | undefined,
  bound: { readonly etag: string; readonly size: number } | undefined,
  signal: AbortSignal,
): Promise<OpenRange> {
  for (;;) {
    const used = await links.current(signal)
    try {
      const answer = await askForRange(roads.to(used.network), { link: checkedLink(used), range, bound, silenceMs, now: clock.now, signal })
      return { ...answer, network: used.network, announcedSize: used.size }
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof StaleLink) links.stale(used, error)
      else if (error instanceof LinkRefusedError || error instanceof ConnectionError) {
        if (!links.unreachable(used)) await patience.after(error, signal)
      } else await patience.after(error, signal)
    }
  }
}

function checkedLink({ link }: UsedLink): string {
  if (!URL.canParse(link)) throw new LinkRefusedError('?', 'it is no address')
  return link
}
