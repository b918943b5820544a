import type { ErrorCode } from '@backset/core'
import type { Check } from './readiness-check.js'

export interface UpstreamHealthParts {
  /** Milliseconds that never go back. */
  readonly now: () => number
  /** How long DBS may be in trouble before requests should go elsewhere, milliseconds. */
  readonly toleranceMs: number
}

/** How an attempt to ask DBS ended. */
export interface Outcome {
  readonly host: string
  readonly code: ErrorCode | undefined
  /** Whether tasks were to be listed, which the keys must be allowed to do. */
  readonly isList: boolean
}

/** What is known of one host. */
interface HostHealth {
  code: ErrorCode | undefined
  /** When it last answered a question, or refused it; undefined: never. */
  answeredAt: number | undefined
  mayList: boolean | undefined
}

/** The server's keys, or what DBS makes of them. */
const keyCodes: readonly ErrorCode[] = ['no-credentials', 'credentials-refused', 'signature-mismatch', 'clock-skewed']
/** DBS, or the way to it. All other codes are answers to a question, and so show that it answers. */
const troubleCodes: readonly ErrorCode[] = [
  'throttled',
  'unreachable',
  'timed-out',
  'service-unavailable',
  'unreadable-answer',
  'answer-too-large',
]

/**
 * How the hosts of DBS answer. One good host is reason enough to send requests here. What somebody must mend is a failure at once; what may pass only when it has
 * lasted longer than what is known may answer in its place: replicas share an account, and a short throttle must not take all of them away.
 */
export class UpstreamHealth {
  readonly #parts: UpstreamHealthParts
  readonly #hosts = new Map<string, HostHealth>()
  #lastAt = -Infinity

  constructor(parts: UpstreamHealthParts) {
    this.#parts = parts
  }

  get isKnown(): boolean {
    return this.#hosts.size > 0
  }

  /** When the newest outcome came. */
  get lastAt(): number {
    return this.#lastAt
  }

  note({ host, code, isList }: Outcome): void {
    const now = this.#parts.now()
    const health = this.#hosts.get(host) ?? { code, answeredAt: undefined, mayList: undefined }
    this.#hosts.set(host, health)
    this.#lastAt = now
    health.code = code
    if (code !== undefined && (keyCodes.includes(code) || troubleCodes.includes(code))) return
    health.answeredAt = now
    if (isList) health.mayList = code !== 'no-permission'
  }

  checks(): readonly Check[] {
    const hosts = [...this.#hosts.values()]
    if (hosts.length === 0) return ['credentials', 'permission', 'upstream'].map((check) => ({ check, ok: true, detail: 'Not known yet.' }))
    return [this.#credentials(hosts), this.#permission(hosts), this.#upstream(hosts)]
  }

  #credentials(hosts: readonly HostHealth[]): Check {
    return judge('credentials', 'DBS takes the keys.', hosts, ({ code }) =>
      code !== undefined && keyCodes.includes(code) ? `The last answer was ${code}.` : undefined,
    )
  }

  #permission(hosts: readonly HostHealth[]): Check {
    const asked = hosts.filter(({ mayList }) => mayList !== undefined)
    if (asked.length === 0) return { check: 'permission', ok: true, detail: 'Not known yet.' }
    return judge('permission', 'The keys may list download tasks.', asked, ({ mayList }) =>
      mayList === false ? 'The keys may not list download tasks (no-permission).' : undefined,
    )
  }

  #upstream(hosts: readonly HostHealth[]): Check {
    const { now, toleranceMs } = this.#parts
    const isOver = ({ answeredAt = -Infinity }: HostHealth): boolean => now() - answeredAt > toleranceMs
    const inTrouble = hosts.filter(({ code }) => code !== undefined && troubleCodes.includes(code))
    const isBorne = !inTrouble.every(isOver)
    const faultOf = (host: HostHealth): string | undefined => {
      if (!inTrouble.includes(host)) return undefined
      const since =
        host.answeredAt === undefined ? 'not answered yet' : `not answered for ${Math.round((now() - host.answeredAt) / 1000)} s`
      return `DBS has ${since} (${host.code}).`
    }
    return judge('upstream', 'DBS answers.', hosts, faultOf, isBorne)
  }
}

/**
 * @param faultOf what is wrong with a host, in a sentence
 * @param isBorne whether that is no reason yet to send requests elsewhere, be it so with all hosts
 */
function judge(
  check: string,
  good: string,
  hosts: readonly HostHealth[],
  faultOf: (host: HostHealth) => string | undefined,
  isBorne = false,
): Check {
  const faults = hosts.flatMap((host) => faultOf(host) ?? [])
  if (faults.length === 0) return { check, ok: true, detail: good }
  const ok = isBorne || faults.length < hosts.length
  return { check, ok, ...(ok && { degraded: true as const }), detail: [...new Set(faults)].join(' ') }
}
