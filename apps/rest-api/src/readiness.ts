import {
  type AnswerMessage,
  type Clock,
  describeRegions,
  type ErrorCode,
  type FailureMessage,
  startDeadline,
  TimedOutError,
} from '@backset/core'
import * as z from 'zod'
import type { UpstreamListener } from './metrics/upstream-watch.js'
import type { Upstream } from './upstream.js'

export const Check = z
  .object({
    check: z.string().meta({ description: 'What was looked at', example: 'upstream' }),
    ok: z.boolean(),
    detail: z.string().meta({ description: 'What was found' }),
  })
  .meta({ id: 'Check' })
export type Check = z.infer<typeof Check>

export interface ReadinessParts {
  readonly upstream: Pick<Upstream, 'regions' | 'clientFor'>
  /** Whether new connections are taken. */
  readonly isListening: () => boolean
  readonly clock: Clock
}

/** How one host of DBS last answered. */
interface Outcome {
  /** Undefined: well. */
  readonly code: ErrorCode | undefined
  readonly at: number
}

/** An outcome that is younger is taken for the state of things; an older one is looked at again. Also the least time between two looks. */
const freshForMs = 30_000
/** How long somebody who asks is kept waiting for the first outcome. */
const patienceMs = 3000

/** The server's keys, or what DBS makes of them. */
const keyCodes: readonly ErrorCode[] = ['no-credentials', 'credentials-refused', 'signature-mismatch']
/** DBS, or the way to it. All other codes are answers to a question, and so show that it answers. */
const outageCodes: readonly ErrorCode[] = ['unreachable', 'timed-out', 'service-unavailable', 'unreadable-answer', 'clock-skewed']

/**
 * Whether requests should be sent here. DBS is judged by what the server's own requests met; it is asked for this alone only when nothing was asked lately, and then
 * at most every 30 s, however often this is asked.
 */
export class Readiness {
  readonly #parts: ReadinessParts
  readonly #outcomes = new Map<string, Outcome>()
  #lastLookAt = -Infinity
  #look: Promise<void> | undefined

  constructor(parts: ReadinessParts) {
    this.#parts = parts
  }

  /** What must be told of the attempts to ask DBS. */
  get listener(): UpstreamListener {
    return {
      answer: ({ host }: AnswerMessage) => this.#note(host, undefined),
      failure: ({ host, code }: FailureMessage) => {
        if (code !== 'aborted') this.#note(host, code)
      },
    }
  }

  async checks(): Promise<readonly Check[]> {
    const { isListening } = this.#parts
    await this.#lookAgain()
    const listening = isListening()
    return [
      { check: 'server', ok: listening, detail: listening ? 'It takes requests.' : 'It is stopping.' },
      this.#judge('credentials', keyCodes, 'DBS takes the keys.'),
      this.#judge('upstream', outageCodes, 'DBS answers.'),
    ]
  }

  /** Several hosts are served, and one of them is reason enough to send requests here. */
  #judge(check: string, bad: readonly ErrorCode[], good: string): Check {
    const outcomes = [...this.#outcomes.values()]
    if (outcomes.length === 0) return { check, ok: true, detail: 'Not known yet.' }
    const failed = outcomes.flatMap(({ code }) => (code !== undefined && bad.includes(code) ? [code] : []))
    if (failed.length === 0) return { check, ok: true, detail: good }
    return { check, ok: failed.length < outcomes.length, detail: `The last answer was ${[...new Set(failed)].join(', ')}.` }
  }

  #note(host: string, code: ErrorCode | undefined): void {
    this.#outcomes.set(host, { code, at: this.#parts.clock.monotonic() })
  }

  async #lookAgain(): Promise<void> {
    const now = this.#parts.clock.monotonic()
    const newest = Math.max(-Infinity, ...[...this.#outcomes.values()].map(({ at }) => at))
    if (now - Math.max(newest, this.#lastLookAt) >= freshForMs) {
      this.#lastLookAt = now
      this.#look = this.#ask().finally(() => (this.#look = undefined))
    }
    if (this.#outcomes.size === 0) await this.#look
  }

  /** A question that changes nothing; what it met is noted by the listener. */
  async #ask(): Promise<void> {
    const { upstream, clock } = this.#parts
    using limit = startDeadline(clock, patienceMs, () => new TimedOutError(patienceMs))
    await upstream
      .clientFor(upstream.regions[0])
      .send(describeRegions, {}, { signal: limit.signal })
      .catch(() => undefined)
  }
}
