import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '@backset/core'
import type { Logger } from 'pino'
import type { HttpMetrics } from '../metrics/http-metrics.js'
import { Exchange } from './exchange.js'

export interface JournalParts {
  readonly log: Logger
  readonly metrics: HttpMetrics
  readonly clock: Clock
}

/** Why an answer did not come to its end, as the log says it. */
export type Unanswered = 'leftEarly' | 'cutByStop' | 'brokeOff'

/** Keeps the requests that are under way, and writes a line and counts when one has ended. */
export class Journal {
  readonly #parts: JournalParts
  readonly #underWay = new Map<ServerResponse, Exchange>()
  /** The last of each connection. */
  readonly #bySocket = new WeakMap<Socket, Exchange>()

  constructor(parts: JournalParts) {
    this.#parts = parts
  }

  /** Requests that are not answered to the end. */
  get underWay(): readonly Exchange[] {
    return [...this.#underWay.values()]
  }

  /** Writes the lines of what a stop of the server cuts off: nobody waits for its connections to close. */
  cut(): void {
    for (const exchange of this.#underWay.values()) this.#close(exchange, 'cutByStop')
  }

  open(incoming: IncomingMessage, outgoing: ServerResponse): Exchange {
    const { clock, log } = this.#parts
    const exchange = new Exchange(incoming, outgoing, clock.monotonic(), log)
    this.#underWay.set(outgoing, exchange)
    this.#bySocket.set(incoming.socket, exchange)
    outgoing.setHeader('x-request-id', exchange.requestId)
    outgoing.once('close', () => this.#close(exchange, exchange.brokeOff ? 'brokeOff' : 'leftEarly'))
    return exchange
  }

  of(outgoing: ServerResponse): Exchange | undefined {
    return this.#underWay.get(outgoing)
  }

  /** The request that a connection is busy with. */
  on(socket: Socket): Exchange | undefined {
    const last = this.#bySocket.get(socket)
    return last !== undefined && this.#underWay.has(last.outgoing) ? last : undefined
  }

  #close(exchange: Exchange, unanswered: Unanswered): void {
    if (!this.#underWay.delete(exchange.outgoing)) return // it was cut off
    const { clock, log, metrics } = this.#parts
    const { incoming, outgoing, route, requestId, trace, callerId, code, excerpt, bytes, isAnswered } = exchange
    const { method = '' } = incoming
    const { statusCode: status } = outgoing
    const durationMs = exchange.durationMs(clock.monotonic())
    metrics.count({ method, route, status, durationMs, unanswered: isAnswered ? undefined : unanswered })
    const line = {
      method,
      route,
      status,
      durationMs: Math.round(durationMs * 100) / 100,
      bytes,
      requestId,
      caller: callerId,
      cache: outgoing.getHeader('cache-status'),
      upstreamRequestId: outgoing.getHeader('x-backset-upstream-request-id'),
      code,
      excerpt,
      ...trace,
      ...(!isAnswered && { [unanswered]: true }),
    }
    if (status >= 500 || exchange.brokeOff) log.warn(line, 'answered')
    else log.info(line, 'answered')
  }
}
