import { createHash } from 'node:crypto'
import { ApiError } from './api-error.js'

export interface IdempotencyParts {
  /** Milliseconds that never go back. */
  readonly now: () => number
  /** How long a key is remembered, milliseconds. @default 24 hours */
  readonly keptMs?: number | undefined
  /** Most keys remembered; the oldest are forgotten first, and then DBS alone knows their ClientToken. @default 10000 */
  readonly most?: number | undefined
}

/** A request that names a key. */
export interface KeyedRequest {
  readonly callerId: string
  /** As `Idempotency-Key` has it. */
  readonly key: string
  /** What is asked for, as JSON that is equal for equal requests. */
  readonly body: string
}

interface Remembered<Made> {
  readonly body: string
  readonly at: number
  /** Undefined after a failure: the same request may be tried again, with the same token. */
  made: Promise<Made> | undefined
}

/** What each Idempotency-Key made, so that a request that is sent twice makes one thing. */
export class Idempotency<Made> {
  readonly #parts: Required<{ [Name in keyof IdempotencyParts]: NonNullable<IdempotencyParts[Name]> }>
  readonly #remembered = new Map<string, Remembered<Made>>()

  constructor({ now, keptMs = 24 * 3_600_000, most = 10_000 }: IdempotencyParts) {
    this.#parts = { now, keptMs, most }
  }

  /**
   * Makes it, unless the key did so before or is about to.
   * @param make is given the ClientToken that DBS knows the key by
   * @throws ApiError `idempotency-conflict` when the key came with another body
   */
  async once(
    { callerId, key, body }: KeyedRequest,
    make: (clientToken: string) => Promise<Made>,
  ): Promise<{ readonly made: Made; readonly isReplayed: boolean }> {
    const token = hashOf(JSON.stringify([callerId, key]))
    this.#forget()
    const known = this.#remembered.get(token)
    if (known !== undefined && known.body !== hashOf(body)) {
      throw new ApiError('idempotency-conflict', 'This Idempotency-Key came with another request before.', {
        hint: 'A new request needs a new key; the same one must be sent unchanged.',
      })
    }
    if (known?.made !== undefined) return { made: await known.made, isReplayed: true }
    const entry: Remembered<Made> = known ?? { body: hashOf(body), at: this.#parts.now(), made: undefined }
    this.#remembered.set(token, entry)
    const made = make(token)
    entry.made = made
    try {
      return { made: await made, isReplayed: false }
    } catch (error) {
      entry.made = undefined
      throw error
    }
  }

  /** The oldest stand first. */
  #forget(): void {
    const { now, keptMs, most } = this.#parts
    for (const [token, { at }] of this.#remembered) {
      if (now() - at < keptMs && this.#remembered.size < most) return
      this.#remembered.delete(token)
    }
  }
}

/** 43 characters; DBS takes 64 as a ClientToken. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
