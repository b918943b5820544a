import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Unanswered } from '../journal/journal.js'

/** One request that has ended. */
export interface EndedRequest {
  readonly method: string
  /** The route's template, or one name for all paths that have none. */
  readonly route: string
  readonly status: number
  readonly durationMs: number
  /** Why its answer did not come to its end, if it did not. */
  readonly unanswered: Unanswered | undefined
}

/** Names that clients choose freely would make a series each. */
const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS']

/** Requests by route template, never by path. */
export class HttpMetrics {
  readonly #requests: Counter
  readonly #durations: Histogram
  readonly #left: Counter
  readonly #broken: Counter
  readonly #malformed: Counter

  /** @param underWay how many requests are not answered to the end */
  constructor(registry: Registry, underWay: () => number) {
    const registers = [registry]
    this.#requests = new Counter({
      name: 'backset_http_requests_total',
      help: 'Requests that were answered, by method, route template and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    })
    this.#durations = new Histogram({
      name: 'backset_http_request_duration_seconds',
      help: 'From a request to the last byte of its answer, by route template; streams take as long as they are read',
      labelNames: ['route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    })
    this.#left = new Counter({
      name: 'backset_http_left_early_total',
      help: 'Requests whose client left before their answer ended, or was cut off by a stop of the server, by route template',
      labelNames: ['route'],
      registers,
    })
    this.#broken = new Counter({
      name: 'backset_http_broken_off_total',
      help: 'Answers that broke off because DBS failed in the middle of a list, by route template',
      labelNames: ['route'],
      registers,
    })
    this.#malformed = new Counter({
      name: 'backset_http_malformed_total',
      help: 'What came on a connection and was no HTTP that this server takes, by code',
      labelNames: ['code'],
      registers,
    })
    const gauge: Gauge = new Gauge({
      name: 'backset_http_requests_under_way',
      help: 'Requests that are not answered to the end',
      registers,
      collect: () => gauge.set(underWay()),
    })
  }

  count({ method, route, status, durationMs, unanswered }: EndedRequest): void {
    this.#requests.inc({ method: methods.includes(method) ? method : 'other', route, status })
    this.#durations.observe({ route }, durationMs / 1000)
    if (unanswered === 'brokeOff') this.#broken.inc({ route })
    else if (unanswered !== undefined) this.#left.inc({ route })
  }

  countMalformed(code: string): void {
    this.#malformed.inc({ code })
  }
}
