import { InputError } from '../errors/input-error.js'
import type { ProxyName } from './tunnel.js'

export type ProxyEnv = Readonly<Record<string, string | undefined>>

/** A proxy that a variable names. */
export interface Proxy extends ProxyName {
  /** As it was written, perhaps with a user and a password. */
  readonly url: string
}

export interface Proxies {
  readonly httpProxy: Proxy | undefined
  readonly httpsProxy: Proxy | undefined
  /** The entries of NO_PROXY. */
  readonly exceptions: readonly string[]
}

/** A proxy cannot reach the loopback of this machine, whatever NO_PROXY says. */
export const loopback = ['localhost', '127.0.0.1', '[::1]']

/** @throws InputError for a proxy that is no address; it does not quote it, since it may hold a password */
export const readProxies = (env: ProxyEnv): Proxies => ({
  httpProxy: proxy(env, 'HTTP_PROXY'),
  httpsProxy: proxy(env, 'HTTPS_PROXY'),
  exceptions: (variable(env, 'NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean),
})

/**
 * The proxy through which an address is reached, as undici's agent chooses it; undefined: straight.
 * @throws InputError for a proxy that is no address
 */
export function proxyFor(env: ProxyEnv, { protocol, hostname, port }: URL): Proxy | undefined {
  const { httpProxy, httpsProxy, exceptions } = readProxies(env)
  const isHttps = protocol === 'https:'
  const number = Number(port || (isHttps ? 443 : 80))
  const excepted = [...exceptions, ...loopback].some((entry) => {
    const [, name = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? []
    const bare = name.replace(/^\*?\./, '').toLowerCase()
    return entry === '*' || ((only === undefined || Number(only) === number) && (hostname === bare || hostname.endsWith(`.${bare}`)))
  })
  return excepted ? undefined : isHttps ? (httpsProxy ?? httpProxy) : (httpProxy ?? httpsProxy)
}

function variable(env: ProxyEnv, name: string): string | undefined {
  const value = (env[name.toLowerCase()] ?? env[name])?.trim()
  return value === '' ? undefined : value
}

function proxy(env: ProxyEnv, name: string): Proxy | undefined {
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
