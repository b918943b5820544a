import type { IncomingMessage } from 'node:http'
import { ApiError } from '../api-error.js'
import type { Client } from '../limits/client-address.js'

/**
 * A browser sends a cookie along whoever made the form, so what changes something must come from a page of this server. The browser says so itself in
 * `Sec-Fetch-Site`, which no page can write; without it, as on plain http, `Origin` is compared with the host that was asked.
 * @throws ApiError `foreign-request`
 */
export function requireSameOrigin({ headers }: IncomingMessage, { host, isHttps }: Client): void {
  const { origin, 'sec-fetch-site': site } = headers
  if (site === undefined ? isOrigin(origin, host, isHttps) : site === 'same-origin') return
  throw new ApiError('foreign-request', 'This must be asked by a page of this server.', {
    hint: 'Send a key as Authorization: Bearer instead; behind a proxy, pass Host on and name the proxy with --trust-proxy.',
  })
}

/** A proxy that ends TLS unannounced is common: then the origin may be https where this server sees http, and never the other way round. */
function isOrigin(origin: string | undefined, host: string | undefined, isHttps: boolean): boolean {
  if (origin === undefined || host === undefined) return false
  const own = host.toLowerCase()
  return origin === `https://${own}` || (!isHttps && origin === `http://${own}`)
}
