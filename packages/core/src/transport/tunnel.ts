import { Pool, type buildConnector } from 'undici'

/** A proxy as it may be told: without the user and password that its address may hold. */
export interface ProxyName {
  /** With its port. */
  readonly host: string
  /** The variable that names it. */
  readonly variable: string
}

/** No tunnel to a host came about. Only `exchange` sees it: its cause is an error of undici, which may quote a password. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError'
  readonly proxy: ProxyName

  constructor(proxy: ProxyName, cause: unknown) {
    super(`There is no tunnel through ${proxy.host}.`, { cause })
    this.proxy = proxy
  }
}

/** How long a proxy may take to answer CONNECT; undici would give it five minutes. */
const connectTimeoutMs = 10_000

/** The connections to a proxy itself, for undici's ProxyAgent. */
export const poolToProxy = (proxy: URL, options: object): Pool => new Pool(proxy, { ...options, headersTimeout: connectTimeoutMs })

/**
 * The connections to a host, for undici's agents. undici takes a socket that is closed before CONNECT is answered for one that was idle, and connects
 * again at once, thousands of times a second. So a tunnel fails with an error of ours, which fails what waits for it.
 * @param proxyTo the proxy that serves an origin
 */
export const poolThrough =
  (proxyTo: (origin: URL) => ProxyName) =>
  (origin: string | URL, options: Pool.Options): Pool => {
    const { connect } = options
    if (typeof connect !== 'function') return new Pool(origin, options) // straight to the host
    const proxy = proxyTo(new URL(origin))
    const dig: buildConnector.connector = (target, callback) =>
      connect(target, (...[error, socket]) => {
        if (error === null) callback(null, socket)
        else callback(new TunnelError(proxy, error), null)
      })
    return new Pool(origin, { ...options, connect: dig })
  }
