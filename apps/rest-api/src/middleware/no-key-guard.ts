import type { IncomingHttpHeaders } from 'node:http'
import type { MiddlewareHandler } from 'hono'
import { ApiError } from '../api-error.js'
import { isLoopback } from '../limits/networks.js'
import type { ApiEnv } from '../router.js'

/**
 * Without keys only programs of this machine are answered. A page of the web can make a browser here ask, by a name of its own that leads to 127.0.0.1,
 * and a proxy can let others in: the first shows in `Host`, `Origin` and `Sec-Fetch-Site`, the second in the headers that proxies add.
 */
export const noKeyGuard: MiddlewareHandler<ApiEnv> = (c, next) => {
  const { headers, socket, url = '', rawHeaders } = c.env.incoming
  const fault = !isLoopback(socket.localAddress ?? '')
    ? 'it came by another address than a loopback one'
    : !isOwnHost(headers.host, socket.localPort) || countOf(rawHeaders, 'host') !== 1
      ? 'its Host is not a loopback name with the port of this server'
      : !url.startsWith('/') && new URL(c.req.url).host !== headers.host?.toLowerCase()
        ? 'its target names another host'
        : (proxyFault(headers) ?? originFault(headers))
  if (fault === undefined) return next()
  throw new ApiError('foreign-request', `Without keys only this machine is answered, and the request is foreign: ${fault}.`, {
    hint: 'backset-api keys add NAME makes a key; with --keys FILE the server answers whoever has one.',
  })
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

function isOwnHost(host: string | undefined, port: number | undefined): boolean {
  const asked = host?.toLowerCase()
  return loopbackNames.some((name) => asked === `${name}:${port}` || (port === 80 && asked === name))
}

const countOf = (rawHeaders: readonly string[], name: string): number =>
  rawHeaders.filter((one, at) => at % 2 === 0 && one.length === name.length && one.toLowerCase() === name).length

/** The header of a proxy, if there is one. */
function proxyFault(headers: IncomingHttpHeaders): string | undefined {
  const name = Object.keys(headers).find(
    (one) => one === 'forwarded' || one === 'via' || one === 'x-real-ip' || one.startsWith('x-forwarded'),
  )
  return name === undefined ? undefined : `it has the header ${name} of a proxy`
}

function originFault({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): string | undefined {
  if (origin !== undefined && origin !== `http://${host?.toLowerCase()}`) return 'its Origin is another one'
  return site === 'cross-site' ? 'a page of another site made it' : undefined
}
