import {
  type Clock,
  describeBackupSetDownloadTaskList,
  type ErrorCode,
  type FailureMessage,
  startDeadline,
  type SuccessMessage,
  TimedOutError,
} from '@backset/core'
import type { UpstreamListener } from './metrics/upstream-watch.js'
import type { Check } from './readiness-check.js'
import type { Upstream } from './upstream.js'
import { UpstreamHealth } from './upstream-health.js'

export interface ReadinessParts {
  readonly upstream: Pick<Upstream, 'regions' | 'clientFor'>
  /** Whether new connections are taken. */
  readonly isListening: () => boolean
  /** How long what is known may answer in the place of DBS, milliseconds. */
  readonly staleIfErrorMs: number
  readonly clock: Clock
}

/** An outcome that is younger is taken for the state of things; an older one is looked at again. Also the least time between two looks. */
const freshForMs = 30_000
/** How long somebody who asks is kept waiting for the first outcome. */
const patienceMs = 3000

/**
 * Whether requests should be sent here. DBS is judged by what the server's own requests met; it is asked for this alone only when nothing was asked lately, and then
 * at most every 30 s, however often this is asked.
 */
export class Readiness {
  readonly #parts: ReadinessParts
  readonly #health: UpstreamHealth
  #lastLookAt = -Infinity
  #look: Promise<void> | undefined

  constructor(parts: ReadinessParts) {
    this.#parts = parts
    this.#health = new UpstreamHealth({ now: () => parts.clock.monotonic(), toleranceMs: parts.staleIfErrorMs })
  }

  /** What must be told of the attempts to ask DBS. */
  get listener(): UpstreamListener {
    return {
      success: ({ host, action }: SuccessMessage) => this.#note(host, action, undefined),
      failure: ({ host, action, code }: FailureMessage) => {
        if (code !== 'aborted') this.#note(host, action, code)
      },
    }
  }

  async checks(): Promise<readonly Check[]> {
    const { isListening } = this.#parts
    await this.#lookAgain()
    const listening = isListening()
    return [{ check: 'server', ok: listening, detail: listening ? 'It takes requests.' : 'It is stopping.' }, ...this.#health.checks()]
  }

  #note(host: string, action: string, code: ErrorCode | undefined): void {
    this.#health.note({ host, code, isList: action === describeBackupSetDownloadTaskList.action })
  }

  async #lookAgain(): Promise<void> {
    const now = this.#parts.clock.monotonic()
    if (now - Math.max(this.#health.lastAt, this.#lastLookAt) >= freshForMs) {
      this.#lastLookAt = now
      this.#look = this.#ask().finally(() => (this.#look = undefined))
    }
    if (!this.#health.isKnown) await this.#look
  }

  /** The one question that the keys must be allowed to ask, of a task that nobody has; what it met is noted by the listener. */
  async #ask(): Promise<void> {
    const { upstream, clock } = this.#parts
    using limit = startDeadline(clock, patienceMs, () => new TimedOutError(patienceMs))
    await upstream
      .clientFor(upstream.regions[0])
      .send(describeBackupSetDownloadTaskList, { backupSetDownloadTaskId: 'readyz', pageSize: 30 }, { signal: limit.signal })
      .catch(() => undefined)
  }
}
