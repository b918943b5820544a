import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net'
import { DbsError, type Clock } from '@backset/core'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { ApiError } from '../api-error.js'
import type { Journal } from '../journal/journal.js'
import { secureHeaders } from '../middleware/secure-headers.js'
import type { HttpMetrics } from '../metrics/http-metrics.js'
import { problemOf } from '../problem.js'
import { refusalOf, refuse, writeProblem } from './malformed.js'

export interface HttpServerParts {
  readonly host: string
  readonly port: number
  readonly fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>
  readonly journal: Journal
  readonly metrics: HttpMetrics
  readonly clock: Clock
  readonly limits?: Partial<HttpLimits> | undefined
}

/** Milliseconds. */
export interface HttpLimits {
  /** Until a request's headers are there. */
  readonly headersTimeout: number
  /** Until its body is there, too. */
  readonly requestTimeout: number
  /** How long a connection is kept for the next request: longer than proxies keep theirs, so that the one who ends it is the one who asks. */
  readonly keepAliveTimeout: number
  /** How long a connection may stand without a byte. Streams say something every 15 s; the longest request to DBS takes a minute. */
  readonly idleTimeout: number
  /** How often the first two are looked at. */
  readonly checkInterval: number
}

const defaults: HttpLimits = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 75_000,
  idleTimeout: 600_000,
  checkInterval: 2000,
}

/** Browsers and proxies send some thirty. Node's own bound is on their characters. */
const maxHeaderLines = 200

/** A longer path is no path of this API: its longest, with every filter, is a tenth of it. */
const maxTarget = 8192

/** An HTTP server over a socket, with what belongs to connections: limits, malformed requests, and an end that loses no answer. */
export class HttpServer {
  readonly #server: Server
  readonly #parts: HttpServerParts
  readonly #sockets = new Set<Socket>()
  #isStopping = false

  constructor(parts: HttpServerParts) {
    const { fetch, journal, metrics, limits } = parts
    const { headersTimeout, requestTimeout, keepAliveTimeout, idleTimeout, checkInterval } = { ...defaults, ...limits }
    this.#parts = parts
    const answer = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], {
      hostname: 'localhost', // of a request that names none, as HTTP/1.0 allows
      errorHandler: () => problemResponse(new ApiError('malformed-request', 'Host and path make no URL.')),
    })
    const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      journal.open(incoming, outgoing)
      secureHeaders(outgoing)
      if (this.#isStopping) outgoing.setHeader('connection', 'close')
      const refusal = refusalOfTarget(incoming) ?? refusalOfLines(incoming) ?? refusalOfHost(incoming)
      if (refusal !== undefined) refuseAtOnce(outgoing, refusal)
      else if (isOptionsOfAll(incoming)) outgoing.writeHead(204, { allow }).end()
      else void answer(incoming, outgoing)
    }
    this.#server = createServer(
      // Node itself would refuse a request without a host in an answer without a word.
      { connectionsCheckingInterval: checkInterval, headersTimeout, requestTimeout, keepAliveTimeout, requireHostHeader: false },
      listener,
    )
    this.#server.timeout = idleTimeout
    // Node would drop what is beyond a thousand without a word, and with it a Host, an Origin or a Forwarded that is judged here.
    this.#server.maxHeadersCount = 0
    this.#server.on('checkExpectation', listener) // an expectation nobody knows is no reason to refuse
    this.#server.on('connect', (_, socket) => writeProblem(socket as Socket, noTunnel))
    this.#server.on('clientError', (error, socket) => {
      const refusal = refusalOf(error)
      if (refusal !== undefined) metrics.countMalformed(refusal.code)
      refuse(error, socket as Socket, journal)
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  get isListening(): boolean {
    return this.#server.listening && !this.#isStopping
  }

  /**
   * @returns where it listens, as `http://127.0.0.1:8787`
   * @throws DbsError `invalid-setting` where it cannot
   */
  async listen(): Promise<string> {
    const { host, port } = this.#parts
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(cannotListen(error, host, port)))
      this.#server.listen(port, host, resolve)
    })
    const { port: taken } = this.#server.address() as AddressInfo
    return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
  }

  /**
   * Takes no new connection, answers what is asked on those that are there, and ends each after its answer; what is not answered after `graceMs`
   * is cut off, and `force` does the same at once.
   */
  async stop({ graceMs, force }: { readonly graceMs: number; readonly force?: AbortSignal | undefined }): Promise<void> {
    const { journal, clock } = this.#parts
    this.#isStopping = true
    const closed = new Promise<void>((resolve) => {
      // Not http's own close: it ends idle connections at once, and with them a request that is on its way to one.
      NetServer.prototype.close.call(this.#server, () => resolve())
    })
    for (const { outgoing } of journal.underWay) if (!outgoing.headersSent) outgoing.setHeader('connection', 'close')
    const over = new AbortController()
    const end = force === undefined ? over.signal : AbortSignal.any([over.signal, force])
    const grace = this.#endIdle(graceMs, clock, end)
    await Promise.race([closed, grace])
    over.abort()
    await this.#tellRest()
    journal.cut()
    this.#server.closeAllConnections()
    for (const socket of this.#sockets) socket.destroy()
    await closed
    this.#server.close() // the timer that looks for slow requests
  }

  /** Whose answer has not begun is told why there will be none. */
  async #tellRest(): Promise<void> {
    const { journal, clock } = this.#parts
    const told: Promise<void>[] = []
    for (const exchange of journal.underWay) {
      if (exchange.outgoing.headersSent) continue
      told.push(new Promise((resolve) => exchange.outgoing.once('close', resolve)))
      exchange.giveUp(new ApiError('stopping', 'This server stopped before DBS had answered.'))
    }
    if (told.length > 0) await Promise.race([Promise.all(told), clock.sleep(idleGraceMs)])
  }

  /** Ends connections that nobody asks on, after a moment in which a request may come that was already sent. Resolves when time is out. */
  async #endIdle(graceMs: number, clock: Clock, end: AbortSignal): Promise<void> {
    const step = Math.min(idleGraceMs, graceMs)
    try {
      for (let left = graceMs; left > 0; left -= step) {
        await clock.sleep(Math.min(step, left), end)
        this.#server.closeIdleConnections()
      }
    } catch {
      // forced, or all are closed
    }
  }
}

/** Longer than a request takes from a client to here. */
const idleGraceMs = 500

function problemResponse(error: ApiError): Response {
  const { body, headers } = problemOf(error)
  return new Response(JSON.stringify(body), { status: body.status, headers })
}

/** Of the server as a whole. */
const allow = 'GET, HEAD, POST, OPTIONS'

/** RFC 9110, 9.3.7: `OPTIONS *` asks what the server as a whole can do; it is no path that a route could have. */
const isOptionsOfAll = ({ method, url }: IncomingMessage): boolean => method === 'OPTIONS' && url === '*'

const noTunnel = new ApiError('method-not-allowed', 'This server is no proxy: it does not take CONNECT.', {
  headers: { allow },
})

const refusalOfTarget = ({ url = '' }: IncomingMessage): ApiError | undefined =>
  url.length > maxTarget ? new ApiError('target-too-long', `Path and query have more than ${maxTarget} characters.`) : undefined

const refusalOfLines = ({ rawHeaders }: IncomingMessage): ApiError | undefined =>
  rawHeaders.length > 2 * maxHeaderLines
    ? new ApiError('header-too-large', `The request has more than ${maxHeaderLines} header lines.`)
    : undefined

/** RFC 9112, 3.2: one Host, which HTTP/1.0 alone may leave out. */
function refusalOfHost({ rawHeaders, httpVersion }: IncomingMessage): ApiError | undefined {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  if (hosts === 1 || (hosts === 0 && httpVersion === '1.0')) return undefined
  return new ApiError('malformed-request', hosts === 0 ? 'The request names no Host.' : 'The request names more than one Host.')
}

function refuseAtOnce(outgoing: ServerResponse, refusal: ApiError): void {
  const { body, headers } = problemOf(refusal)
  const text = JSON.stringify(body)
  outgoing.writeHead(body.status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text)
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): DbsError {
  const { code = error.message } = error
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there',
    EACCES: 'this user may not take that port',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'there is no such host',
  }
  return new DbsError('invalid-setting', `Cannot listen on ${host}, port ${port}: ${why[code] ?? code}.`, {
    hint: 'Name another with --host or --port; --port 0 takes a free one.',
  })
}
