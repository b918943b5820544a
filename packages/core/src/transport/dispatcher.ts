import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici'
import { InputError } from '../errors/input-error.js'
import { poolThrough, poolToProxy, type ProxyName } from './tunnel.js'

type Env = Readonly<Record<string, string | undefined>>

const settings = {
  keepAliveTimeout: 30_000,
  pipelining: 1,
  // Time-outs are ours: one for an attempt, one for all of a request.
  headersTimeout: 0,
  bodyTimeout: 0,
  // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in some shell profile does not hand the keys to whoever stands between.
  connect: { rejectUnauthorized: true, timeout: 10_000 },
} as const

// A proxy cannot reach the loopback of this machine, whatever NO_PROXY says.
const loopback = ['localhost', '127.0.0.1', '[::1]']

/**
 * Connections that are kept alive, through the proxies of HTTP_PROXY and HTTPS_PROXY, in either case, the small one first. Without HTTPS_PROXY the
 * other serves https too, as undici has it. NO_PROXY is read as curl reads it: names with all below them, `host:port`, or `*`.
 * @throws InputError for a proxy that is no address; it does not quote it, since it may hold a password
 */
export function openDispatcher(env: Env): Dispatcher {
  const httpProxy = proxy(env, 'HTTP_PROXY')
  const httpsProxy = proxy(env, 'HTTPS_PROXY')
  const exceptions = (variable(env, 'NO_PROXY') ?? '').split(/[\s,]+/)
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

function variable(env: Env, name: string): string | undefined {
  const value = (env[name.toLowerCase()] ?? env[name])?.trim()
  return value === '' ? undefined : value
}

interface Proxy extends ProxyName {
  readonly url: string
}

function proxy(env: Env, name: string): Proxy | undefined {
  const value = variable(env, name)
  if (value === undefined) return undefined
  const url = value.includes('://') ? value : `http://${value}`
  if (isProxy(url)) return { url, host: new URL(url).host, variable: name }
  throw new InputError(`${name} is no proxy address.`, {
    field: name,
    hint: `Set ${name} to http://host:port, or unset it; what is special in its password is written as %XX.`,
  })
}

function isProxy(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return /^https?:$/.test(protocol) && decodes(username) && decodes(password)
}

/** undici decodes user and password, and fails over a bare percent sign. */
function decodes(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
