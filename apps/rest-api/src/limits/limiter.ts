import type { ServerResponse } from 'node:http'
import { ApiError } from '../api-error.js'
import type { Quota, Rule } from '../ports/limits.js'
import { shareOf } from './client-address.js'

export interface LimiterParts {
  readonly rule: Rule
  readonly keys: Quota
  readonly addresses: Quota
}

/** Bounds what a key, or an address whose key is not known, may ask. The two are counted apart, so that no neighbour on an address spends a key's share. */
export class Limiter {
  readonly #parts: LimiterParts
  readonly #policy: string

  constructor(parts: LimiterParts) {
    this.#parts = parts
    this.#policy = `${parts.rule.limit};w=${parts.rule.windowMs / 1000}`
  }

  /** @throws ApiError `rate-limited` */
  countKey(keyId: string, outgoing: ServerResponse): Promise<void> {
    return this.#count(this.#parts.keys, keyId, outgoing)
  }

  /** @throws ApiError `rate-limited` */
  countAddress(address: string, outgoing: ServerResponse): Promise<void> {
    return this.#count(this.#parts.addresses, shareOf(address), outgoing)
  }

  /** Tells how it stands on every answer: draft-ietf-httpapi-ratelimit-headers-07. */
  async #count(quota: Quota, id: string, outgoing: ServerResponse): Promise<void> {
    const { rule } = this.#parts
    const { ok, remaining, resetMs } = await quota.take(id, rule)
    const reset = Math.max(1, Math.ceil(resetMs / 1000))
    outgoing.setHeader('ratelimit-policy', this.#policy)
    outgoing.setHeader('ratelimit', `limit=${rule.limit}, remaining=${remaining}, reset=${reset}`)
    if (ok) return
    throw new ApiError('rate-limited', `More than ${rule.limit} requests came within ${rule.windowMs / 1000} s.`, {
      hint: `Ask again in ${reset} s.`,
      headers: { 'retry-after': String(reset) },
    })
  }
}
