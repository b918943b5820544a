import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici'
import { guardPausedParsers } from './paused-parsers.js'
import { loopback, readProxies, type ProxyEnv } from './proxies.js'
import { poolThrough, poolToProxy } from './tunnel.js'

const settings = {
  keepAliveTimeout: 30_000,
  pipelining: 1,
  // Time-outs are ours: one for an attempt, one for all of a request.
  headersTimeout: 0,
  bodyTimeout: 0,
  // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in some shell profile does not hand the keys to whoever stands between.
  connect: { rejectUnauthorized: true, timeout: 10_000 },
} as const

/**
 * Connections that are kept alive, through the proxies of HTTP_PROXY and HTTPS_PROXY, in either case, the small one first. Without HTTPS_PROXY the
 * other serves https too, as undici has it. NO_PROXY is read as curl reads it: names with all below them, `host:port`, or `*`.
 * @throws InputError for a proxy that is no address; it does not quote it, since it may hold a password
 */
export function openDispatcher(env: ProxyEnv): Dispatcher {
  guardPausedParsers()
  const { httpProxy, httpsProxy, exceptions } = readProxies(env)
  const anyProxy = httpProxy ?? httpsProxy
  if (anyProxy === undefined || exceptions.includes('*')) return new Agent(settings)
  return new EnvHttpProxyAgent({
    ...settings,
    // An empty text keeps undici from looking into the process's own environment.
    httpProxy: httpProxy?.url ?? '',
    httpsProxy: httpsProxy?.url ?? '',
    noProxy: [...exceptions, ...loopback].join(','),
    requestTls: settings.connect,
    proxyTls: settings.connect,
    clientFactory: poolToProxy,
    factory: poolThrough(({ protocol }) => (protocol === 'https:' ? (httpsProxy ?? anyProxy) : anyProxy)),
  })
}
