import type { IncomingHttpHeaders } from 'node:http'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { connectionErrorOf, unlessAborted, type Proxy } from '@backset/core'
import { bareHost, openWay, settled } from './connect.js'

export interface HeadOptions {
  readonly proxy: Proxy | 'straight'
  readonly headers?: Readonly<Record<string, string>>
  /** Judges the addresses that are connected to. */
  readonly lookup?: LookupFunction | undefined
  readonly signal: AbortSignal
}

export interface Head {
  readonly httpStatus: number
  readonly headers: IncomingHttpHeaders
}

/**
 * Status and headers of the answer to a GET without keys; its body is not waited for, and no redirect is followed.
 * @throws ConnectionError
 */
export async function headOf(url: URL, { proxy, headers = {}, lookup, signal }: HeadOptions): Promise<Head> {
  const way = await openWay(url, proxy, signal, lookup)
  const socket = url.protocol === 'http:' ? way : await secured(way, url, signal)
  const { request } = await import('node:http')
  try {
    const answered = new Promise<Head>((resolve, reject) => {
      const sent = { host: url.host, ...headers, connection: 'close' }
      const asked = request({ method: 'GET', path: `${url.pathname}${url.search}`, headers: sent, createConnection: () => socket, signal })
      asked.on('response', ({ statusCode = 0, headers: answer }) => resolve({ httpStatus: statusCode, headers: answer }))
      asked.on('error', (error) => reject(connectionErrorOf(url.host, error)))
      asked.end()
    })
    return await unlessAborted(answered, signal)
  } finally {
    socket.destroy()
  }
}

/** TLS over a connection. That certificates count is stated, as for every request: NODE_TLS_REJECT_UNAUTHORIZED has no say here. */
export async function secured(way: Socket, url: URL, signal: AbortSignal): Promise<TLSSocket> {
  const host = bareHost(url)
  const socket = connectTls({ socket: way, rejectUnauthorized: true, ...(isIP(host) === 0 ? { servername: host } : { host }) })
  return settled(socket, 'secureConnect', url.host, signal)
}
