import { createHash } from 'node:crypto'
import { NotFoundError, ServiceError } from '@backset/core'
import { ApiError } from './api-error.js'
import { upstreamRequestId } from './routes/upstream-request-id.js'

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
  /** Undefined after a failure that may pass: the same request may be tried again, with the same token. */
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
   * @throws ApiError `idempotency-conflict` when the key came with another body, here or as far as DBS knows
   */
  async once(
    { callerId, key, body }: KeyedRequest,
    make: (clientToken: string) => Promise<Made>,
  ): Promise<{ readonly made: Made; readonly isReplayed: boolean }> {
    const token = hashOf(JSON.stringify([callerId, key]))
    this.#forget()
    const known = this.#remembered.get(token)
    if (known !== undefined && known.body !== hashOf(body)) throw conflict()
    if (known?.made !== undefined) return { made: await known.made, isReplayed: true }
    const entry: Remembered<Made> = known ?? { body: hashOf(body), at: this.#parts.now(), made: undefined }
    this.#remembered.set(token, entry)
    const made = make(token)
    entry.made = made
    try {
      return { made: await made, isReplayed: false }
    } catch (error) {
      entry.made = undefined
      if (isRefusal(error)) this.#remembered.delete(token) // nothing was made: the key is free for what is right
      throw isMismatch(error) ? conflict(error.requestId) : error
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

const conflict = (requestId?: string): ApiError =>
  new ApiError('idempotency-conflict', 'This Idempotency-Key came with another request before.', {
    hint: 'A new request needs a new key; the same one must be sent unchanged.',
    headers: upstreamRequestId(requestId),
  })

/** Whether it is certain that DBS made nothing, and would not if asked again. */
const isRefusal = (error: unknown): boolean => (error instanceof ServiceError || error instanceof NotFoundError) && !error.retryable

/** The key came before this process began, or to another one: then DBS alone remembers. */
const isMismatch = (error: unknown): error is ServiceError => error instanceof ServiceError && mismatches.includes(error.serviceCode ?? '')
const mismatches: readonly string[] = ['IdempotentParameterMismatch', 'InvalidIdempotenceParameter.Mismatch']

/** 43 characters; DBS takes 64 as a ClientToken. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
