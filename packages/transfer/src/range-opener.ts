import { ConnectionError, DbsError, pauseBeforeNext, type Clock } from '@backset/core'
import { LinkRefusedError } from './link-refused-error.js'
import type { LinkBook, Network, UsedLink } from './link-source.js'
import { askForRange, TransientError, type Bound, type RangeAnswer } from './range-request.js'
import type { Range } from './ranges.js'
import type { Roads } from './roads.js'
import { NoRanges, StaleLink } from './setbacks.js'
import { WrongFileError } from './wrong-file-error.js'

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
  async after(error: unknown, signal: AbortSignal, retryable = isTransient(error)): Promise<void> {
    if (signal.aborted) throw error
    const { throttled, retryAfterMs } = error instanceof TransientError ? error : { throttled: false, retryAfterMs: undefined }
    this.#failures += 1
    const failure = { retryable, throttled, retryAfterMs }
    const { maxAttempts, random } = this.#parts
    const pauseMs = pauseBeforeNext(failure, this.#failures, { maxAttempts, leftMs: Infinity }, random)
    if (pauseMs === undefined) {
      if (error instanceof DbsError) error.attempts ??= this.#failures
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

/** An answer to one range that speaks of another, or of none: what has come of the file is as good as before, and the next answer may be right. */
const isOdd = (error: unknown): boolean => error instanceof NoRanges || (error instanceof WrongFileError && !error.spoilt)

/** Asks for a range until it is answered: with a fresh link, on the other network, after a pause. */
export async function openRange(
  { links, roads, clock, silenceMs }: OpenerParts,
  patience: Patience,
  range: Range | undefined,
  bound: Bound | undefined,
  signal: AbortSignal,
): Promise<OpenRange> {
  for (;;) {
    const used = await links.current(signal)
    try {
      const answer = await askForRange(roads.to(used.network), { link: checkedLink(used), range, bound, silenceMs, clock, signal })
      return { ...answer, network: used.network, announcedSize: used.size }
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof StaleLink) links.stale(used, error)
      else if (error instanceof LinkRefusedError || error instanceof ConnectionError) {
        if (!links.unreachable(used)) await patience.after(error, signal)
      } else await patience.after(error, signal, isTransient(error) || (bound?.inRanges === true && isOdd(error)))
    }
  }
}

function checkedLink({ link }: UsedLink): string {
  if (!URL.canParse(link)) throw new LinkRefusedError('?', 'it is no address')
  return link
}
