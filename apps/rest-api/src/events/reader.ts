import type { TaskEvent } from '@backset/core'
import type { StoredEvent } from '../ports/events.js'
import { compareEventIds } from './event-id.js'
import { idText, openingText, resetText, type EventText } from './event-text.js'

/** What may wait for a reader, bytes: one that stops reading is cut off beyond it. */
export const mostQueuedBytes = 1024 * 1024

export interface ReaderParts {
  /** Which events it asked for, and may see. */
  readonly wants: (event: TaskEvent) => boolean
  /** Bytes that were passed on to its connection and wait there. */
  readonly socketBytes: () => number
  /** Breaks its connection. */
  readonly cut: () => void
  /** Told once, when it is no reader any more. */
  readonly onLeave: (why: 'left' | 'slow') => void
}

/** Where a reader begins. */
export interface Beginning {
  /** What it came with, as far as that still holds, or the newest. */
  readonly id: string
  readonly isReset: boolean
  readonly past: readonly StoredEvent[]
}

/**
 * One connection that follows events. What it does not take waits in a queue of shared bytes; what it missed before it came may be more than a queue holds
 * and does not count.
 */
export class Reader {
  readonly stream: ReadableStream<Uint8Array>
  readonly #parts: ReaderParts
  readonly #text: EventText
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  /** What it missed, then what is live. */
  #past: Uint8Array[] = []
  #live: Uint8Array[] = []
  #liveBytes = 0
  /** Events that come while it is found out what it missed. */
  #early: StoredEvent[] | undefined
  #hasBegun = false
  /** The id of the last event that it was spared, while none followed that it got. */
  #sparedId: string | undefined
  #isStarved = false
  #state: 'here' | 'ending' | 'gone' = 'here'

  constructor(parts: ReaderParts, text: EventText) {
    this.#parts = parts
    this.#text = text
    this.stream = new ReadableStream(
      {
        start: (controller) => void (this.#controller = controller),
        pull: () => this.#feed(),
        cancel: () => this.leave(),
      },
      { highWaterMark: 0 },
    )
  }

  /** Bytes that wait for it. */
  get queuedBytes(): number {
    return this.#liveBytes + this.#parts.socketBytes()
  }

  /**
   * It begins: with what it missed, then with what came while that was found out.
   * @returns how many events it was given
   */
  async begin(find: () => Promise<Beginning>): Promise<number> {
    this.#early = []
    const { id, isReset, past } = await find()
    if (this.#state !== 'here') return 0
    const wanted = past.filter(this.#parts.wants)
    this.#past = [openingText(id), ...(isReset ? [resetText(id)] : []), ...wanted.map((event) => this.#text.of(event))]
    const newest = past.at(-1)
    if (newest !== undefined && newest !== wanted.at(-1)) this.#sparedId = newest.id
    const after = newest?.id ?? id
    const early = this.#early
    this.#early = undefined
    this.#hasBegun = true
    if (this.#isStarved) this.#feed()
    return wanted.length + early.filter((event) => compareEventIds(event.id, after) > 0 && this.send(event)).length
  }

  /** @returns whether it was given the event */
  send(event: StoredEvent): boolean {
    if (this.#state !== 'here') return false
    if (!this.#hasBegun) {
      this.#early?.push(event)
      return false
    }
    if (!this.#parts.wants(event)) {
      this.#sparedId = event.id
      return false
    }
    this.#sparedId = undefined
    this.#push(this.#text.of(event))
    return this.isHere
  }

  get isHere(): boolean {
    return this.#state === 'here'
  }

  /** Words that may get lost: nobody who lags needs them. */
  say(words: Uint8Array): void {
    if (this.#state !== 'here' || !this.#hasBegun || this.#waits) return
    this.#push(words)
    if (this.#sparedId === undefined) return
    this.#push(idText(this.#sparedId))
    this.#sparedId = undefined
  }

  /** Ends it after what it still has to get. */
  end(): void {
    if (this.#state !== 'here') return
    this.#forget('left', 'ending')
    if (!this.#waits) this.#controller?.close()
  }

  /** It has gone, or is to be forgotten at once. */
  leave(): void {
    this.#drop()
    this.#forget('left', 'gone')
  }

  get #waits(): boolean {
    return this.#past.length > 0 || this.#live.length > 0
  }

  #push(bytes: Uint8Array): void {
    this.#live.push(bytes)
    this.#liveBytes += bytes.byteLength
    if (this.#isStarved) this.#feed()
    if (this.queuedBytes <= mostQueuedBytes) return
    this.#drop()
    this.#forget('slow', 'gone')
    this.#parts.cut()
  }

  /** Gives the connection one piece: it asks again when it can take more. */
  #feed(): void {
    const past = this.#past.shift()
    const next = past ?? this.#live.shift()
    this.#isStarved = next === undefined
    if (next === undefined) return
    if (past === undefined) this.#liveBytes -= next.byteLength
    this.#controller?.enqueue(next)
    if (this.#state === 'ending' && !this.#waits) this.#controller?.close()
  }

  #drop(): void {
    this.#past = []
    this.#live = []
    this.#liveBytes = 0
  }

  #forget(why: 'left' | 'slow', state: 'ending' | 'gone'): void {
    const wasHere = this.#state === 'here'
    this.#state = state
    if (wasHere) this.#parts.onLeave(why)
  }
}
