import { abortErrorOf, unlessAborted } from '@backset/core'
import { isPassing } from './passing.js'
import { RecentFailures } from './recent-failures.js'
import type { Freshness } from './snapshots/store.js'

export interface SharedReadsParts<Value> {
  /** Reads what a key stands for; told to end when nobody waits any more. */
  readonly read: (key: string, signal: AbortSignal) => Promise<Value>
  /** How old a value may be when it is given out, milliseconds. */
  readonly maxAgeMs: number
  /** How old it may be when reading fails, milliseconds. */
  readonly staleIfErrorMs: number
  /** Milliseconds that never go back. */
  readonly now: () => number
  /** Most values kept; the one read first goes first. @default 100 */
  readonly most?: number | undefined
}

/** A value, and how it came about. */
export interface SharedRead<Value> {
  readonly value: Value
  readonly freshness: Freshness
  readonly ageMs: number
}

interface UnderWay<Value> {
  readonly done: Promise<Value>
  readonly abort: AbortController
  waiting: number
}

/** Small answers that many ask for: one read a key at a time however many wait, ended when all of them leave, and kept for a while. */
export class SharedReads<Value> {
  readonly #parts: SharedReadsParts<Value>
  readonly #kept = new Map<string, { readonly value: Value; readonly at: number }>()
  readonly #underWay = new Map<string, UnderWay<Value>>()

  readonly #failures: RecentFailures

  constructor(parts: SharedReadsParts<Value>) {
    this.#parts = parts
    this.#failures = new RecentFailures(parts.now)
  }

  /** @throws what reading threw, when nothing young enough is known; the error of the signal */
  async get(key: string, signal: AbortSignal): Promise<SharedRead<Value>> {
    const { maxAgeMs, now } = this.#parts
    const kept = this.#kept.get(key)
    if (kept !== undefined && now() - kept.at <= maxAgeMs) return { value: kept.value, freshness: 'hit', ageMs: now() - kept.at }
    const failure = this.#failures.of(key)
    if (failure !== undefined && (failure.told !== undefined || this.#underWay.has(key))) {
      const stale = this.#stale(key)
      if (stale !== undefined) return stale
      if (failure.told !== undefined) throw failure.told
    }
    try {
      const joined = this.#underWay.get(key)
      const value = await this.#wait(key, joined ?? this.#start(key), signal)
      return { value, freshness: joined === undefined ? 'miss' : 'collapsed', ageMs: 0 }
    } catch (error) {
      if (signal.aborted) throw abortErrorOf(signal)
      const stale = isPassing(error) ? this.#stale(key) : undefined
      if (stale === undefined) throw error
      return stale
    }
  }

  #stale(key: string): SharedRead<Value> | undefined {
    const { staleIfErrorMs, now } = this.#parts
    const kept = this.#kept.get(key)
    if (kept === undefined || now() - kept.at > staleIfErrorMs) return undefined
    return { value: kept.value, freshness: 'stale', ageMs: now() - kept.at }
  }

  async #wait(key: string, read: UnderWay<Value>, signal: AbortSignal): Promise<Value> {
    read.waiting++
    try {
      return await unlessAborted(read.done, signal)
    } finally {
      read.waiting--
      if (read.waiting === 0) {
        read.abort.abort()
        this.#forget(key, read)
      }
    }
  }

  #start(key: string): UnderWay<Value> {
    const abort = new AbortController()
    const read: UnderWay<Value> = { done: this.#read(key, abort.signal), abort, waiting: 0 }
    read.done.catch(() => undefined) // whoever waits is told, and there may be none left
    this.#underWay.set(key, read)
    return read
  }

  async #read(key: string, signal: AbortSignal): Promise<Value> {
    const { read, now, most = 100 } = this.#parts
    const value = await read(key, signal).catch((error: unknown) => {
      if (isPassing(error)) this.#failures.note(key, error)
      else if (!signal.aborted) this.#failures.forget(key)
      throw error
    })
    this.#failures.forget(key)
    this.#kept.delete(key)
    this.#kept.set(key, { value, at: now() })
    const [first] = this.#kept.keys()
    if (this.#kept.size > most && first !== undefined) this.#kept.delete(first)
    return value
  }

  /** One that ended, or that nobody waits for, is joined no more. */
  #forget(key: string, read: UnderWay<Value>): void {
    if (this.#underWay.get(key) === read) this.#underWay.delete(key)
  }
}
