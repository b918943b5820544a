import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@backset/core'
import { parse, serialize } from 'hono/utils/cookie'

/** How long a login holds, seconds. */
const lifeSeconds = 12 * 3600
/** Logouts that are remembered until their session would have ended; the oldest are forgotten beyond it. */
const maxEnded = 10_000
const cookieName = 'backset_session'
const form = /^(?<said>(?<keyId>[0-9a-f]{12})\.(?<nonce>[0-9a-f]{18})\.(?<ends>\d{1,12}))\.(?<seal>[A-Za-z0-9_-]{43})$/

/**
 * Logins of the dashboard: a cookie that names a key by its id, until when, and is sealed with a key of the server's own. The secret of nobody stands in
 * it, and it opens what the named key opens at that moment: nothing once that is revoked.
 */
export class Sessions {
  readonly #sealKey: Uint8Array
  readonly #clock: Clock
  readonly #ended = new Set<string>()

  /** @param serverSecret at least 32 random bytes; what is derived from it serves sessions alone */
  constructor(serverSecret: Uint8Array, clock: Clock) {
    this.#sealKey = new Uint8Array(hkdfSync('sha256', serverSecret, '', 'backset session 1', 32))
    this.#clock = clock
  }

  /** The `Set-Cookie` that logs a key in. */
  open(keyId: string, isHttps: boolean): string {
    const ends = Math.floor(this.#clock.now() / 1000) + lifeSeconds
    const said = `${keyId}.${randomBytes(9).toString('hex')}.${ends}`
    return setCookie(`${said}.${this.#sealOf(said)}`, lifeSeconds, isHttps)
  }

  /** The key id a `Cookie` header is logged in with; undefined when it is not, or not any more. */
  keyIdOf(cookies: string | undefined): string | undefined {
    const session = this.#sessionIn(cookies)
    return session === undefined || this.#ended.has(session.nonce) ? undefined : session.keyId
  }

  /** The `Set-Cookie` that logs out. The session opens nothing any more, a copy of its cookie included. */
  end(cookies: string | undefined, isHttps: boolean): string {
    const session = this.#sessionIn(cookies)
    if (session !== undefined) this.#ended.add(session.nonce)
    const [oldest] = this.#ended
    if (oldest !== undefined && this.#ended.size > maxEnded) this.#ended.delete(oldest)
    return setCookie('', 0, isHttps)
  }

  #sessionIn(cookies: string | undefined): { readonly keyId: string; readonly nonce: string } | undefined {
    const value = cookies === undefined ? undefined : parse(cookies, cookieName)[cookieName]
    const { said, keyId, nonce, ends, seal } = form.exec(value ?? '')?.groups ?? {}
    if (said === undefined || keyId === undefined || nonce === undefined || seal === undefined) return undefined
    const fits = timingSafeEqual(Buffer.from(this.#sealOf(said)), Buffer.from(seal))
    return fits && Number(ends) * 1000 > this.#clock.now() ? { keyId, nonce } : undefined
  }

  #sealOf(said: string): string {
    return createHmac('sha256', this.#sealKey).update(said).digest('base64url')
  }
}

/** The browser keeps it from scripts and from every other site. Plain http on loopback rules out the prefix `__Host-`, which wants `Secure`. */
const setCookie = (value: string, maxAge: number, isHttps: boolean): string =>
  serialize(cookieName, value, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge, secure: isHttps })
