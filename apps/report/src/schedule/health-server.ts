import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DbsError } from '@backset/core'
import type { ReportStanding } from './run-board.js'

export interface HealthParts {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly standings: () => readonly ReportStanding[]
  /** Aborts when the scheduler begins to stop. */
  readonly stop: AbortSignal
}

export interface HealthServer extends AsyncDisposable {
  /** As `http://127.0.0.1:9090`. */
  readonly url: string
}

/**
 * Tells supervisors how a scheduler stands: `/livez` that it runs, `/readyz` when each report is due and how its last run ended. A run that failed is no reason to
 * restart anything; a ledger that cannot be written is, and answers 503, as stopping does.
 * @throws DbsError `invalid-setting` where it cannot listen
 */
export async function openHealthServer(parts: HealthParts): Promise<HealthServer> {
  const server = createServer({ requestTimeout: 5000, headersTimeout: 5000, keepAliveTimeout: 5000 }, (incoming, outgoing) =>
    answer(incoming, outgoing, parts),
  )
  server.maxConnections = 100
  const url = await listen(server, parts)
  return {
    url,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function answer({ method, url = '' }: IncomingMessage, outgoing: ServerResponse, { standings, stop }: HealthParts): void {
  const send = (httpStatus: number, body: object): void => {
    const text = `${JSON.stringify(body)}\n`
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
    outgoing.writeHead(httpStatus, { ...headers, 'content-length': Buffer.byteLength(text) })
    outgoing.end(method === 'HEAD' ? undefined : text)
  }
  const path = url.split('?')[0]
  if (path !== '/livez' && path !== '/readyz') return send(404, { status: 'not-found' })
  if (method !== 'GET' && method !== 'HEAD') return send(405, { status: 'method-not-allowed' })
  if (path === '/livez') return send(200, { status: 'ok' })
  const reports = standings()
  const status = stop.aborted ? 'stopping' : reports.some(({ trouble }) => trouble !== undefined) ? 'trouble' : 'ok'
  return send(status === 'ok' ? 200 : 503, { status, reports })
}

async function listen(server: Server, { host, port }: HealthParts): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const hint = 'Name another with --health; --health 0 takes a free one.'
      reject(
        new DbsError('invalid-setting', `Cannot listen on ${host}, port ${port}: ${why[error.code ?? ''] ?? error.code ?? error.name}.`, {
          hint,
        }),
      )
    })
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}

const why: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EACCES: 'this user may not take that port',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
}
