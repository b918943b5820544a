import type { ClientRequest } from 'node:http'
import { connect as connectPlain, type LookupFunction, type Socket } from 'node:net'
import { connectionErrorOf, ConnectionError, unlessAborted, type Proxy } from '@backset/core'

const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80))

/** A name as sockets take it: an address of IPv6 has no brackets there. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')

/**
 * A connection to a host, without TLS.
 * @throws ConnectionError
 */
export async function connectTo(url: URL, signal: AbortSignal, lookup?: LookupFunction): Promise<Socket> {
  const socket = connectPlain({ host: bareHost(url), port: portOf(url), signal, ...(lookup !== undefined && { lookup }) })
  return settled(socket, 'connect', url.host, signal)
}

/**
 * A connection to a host through what leads there, without TLS to the host itself.
 * @throws ConnectionError, in the proxy's name where it is the proxy that fails
 */
export async function openWay(url: URL, proxy: Proxy | 'straight', signal: AbortSignal, lookup?: LookupFunction): Promise<Socket> {
  if (proxy === 'straight') return connectTo(url, signal, lookup)
  const { host, variable, url: proxyUrl } = proxy
  const { request } = proxyUrl.startsWith('https:') ? await import('node:https') : await import('node:http')
  const { protocol, hostname, port, username, password } = new URL(proxyUrl)
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const target = `${url.hostname}:${portOf(url)}`
  const asked: ClientRequest = request({
    protocol,
    hostname,
    port,
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...(username !== '' && { 'proxy-authorization': `Basic ${login}` }) },
    signal,
  })
  const answered = new Promise<Socket>((resolve, reject) => {
    asked.on('connect', ({ statusCode = 0 }, socket) => {
      socket.on('error', () => undefined) // whoever speaks through it hears of it too
      if (statusCode >= 200 && statusCode < 300) return resolve(socket)
      socket.destroy()
      reject(new ConnectionError(url.host, `the proxy answered HTTP ${statusCode}`, { proxy: { host, variable } }))
    })
    asked.on('error', (error) =>
      reject(new ConnectionError(url.host, connectionErrorOf(host, error).reason, { proxy: { host, variable } })),
    )
    asked.end()
  })
  return unlessAborted(answered, signal)
}

/** Waits for a socket's event. */
export async function settled<Kind extends Socket>(
  socket: Kind,
  event: 'connect' | 'secureConnect',
  host: string,
  signal: AbortSignal,
): Promise<Kind> {
  const ready = new Promise<Kind>((resolve, reject) => {
    socket.once(event, () => resolve(socket))
    socket.once('error', (error) => reject(connectionErrorOf(host, error)))
    socket.once('close', () => reject(new ConnectionError(host, 'connection closed')))
  })
  return unlessAborted(ready, signal).catch((error: unknown) => {
    socket.on('error', () => undefined) // what it says from now on is nobody's concern
    socket.destroy()
    throw error
  })
}
