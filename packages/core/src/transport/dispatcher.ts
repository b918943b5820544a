import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici'
import { InputError } from '../errors/input-error.js'

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

/** Connections that are kept alive, through the proxy that the variables name (HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in either case). */
export function openDispatcher(env: Env): Dispatcher {
  const variable = (name: string): string | undefined => {
    const value = env[name.toLowerCase()] ?? env[name]
    return value === undefined || value.trim() === '' ? undefined : value.trim()
  }
  const [httpProxy, httpsProxy] = [proxy('HTTP_PROXY', variable('HTTP_PROXY')), proxy('HTTPS_PROXY', variable('HTTPS_PROXY'))]
  if (httpProxy === undefined && httpsProxy === undefined) return new Agent(settings)
  // An empty text keeps undici from looking into the process's own environment.
  const noProxy = variable('NO_PROXY') ?? ''
  return new EnvHttpProxyAgent({
    ...settings,
    ...(httpProxy !== undefined && { httpProxy }),
    httpsProxy: httpsProxy ?? httpProxy ?? '',
    noProxy,
    requestTls: settings.connect,
    proxyTls: settings.connect,
  })
}

function proxy(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const url = value.includes('://') ? value : `http://${value}`
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new InputError(`${name} is no proxy address.`, { field: name, hint: `Set ${name} to http://host:port, or unset it.` }) // its value may hold a password
}
