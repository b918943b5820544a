import { abortErrorOf, type Clock, type Sight, type TaskEvent } from '@backset/core'
import type { Logger } from 'pino'
import { ApiError } from '../api-error.js'
import type { Caller } from '../auth/caller.js'
import type { Events } from '../ports/events.js'
import { problemOf } from '../problem.js'
import { sourceKey, type Source } from '../snapshots/source.js'
import { Beats } from './beats.js'
import { commentText, EventText } from './event-text.js'
import { Feed } from './feed.js'
import { IdleLists } from './idle-lists.js'
import { Reader } from './reader.js'

export interface EventFeedsParts {
  readonly events: Events
  readonly sightOf: (source: Source) => Sight
  /** Between the looks at a list, milliseconds. */
  readonly pollIntervalMs: number
  /** Whether a caller may still read; asked twice a second for each. */
  readonly isStillGood: (caller: Caller) => boolean
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Pick<Logger, 'warn' | 'info' | 'error'>
  /** Streams at once. @default 10000 */
  readonly maxReaders?: number | undefined
}

/** Who wants to follow which events. */
export interface ReaderRequest {
  readonly caller: Caller
  /** Which events it asked for, and may see. */
  readonly wants: (event: TaskEvent) => boolean
  /** The last event it has. */
  readonly lastEventId: string | undefined
  /** Bytes that wait in its connection. */
  readonly socketBytes: () => number
  /** Breaks its connection. */
  readonly cut: () => void
  /** Aborts when it goes. */
  readonly signal: AbortSignal
}

/** What is counted, for metrics. */
export interface EventCounts {
  readonly readers: number
  readonly pollers: number
  /** Milliseconds since the last good look of the poller that is worst off. */
  readonly lagMs: number
  /** Events given to readers since the start, each reader counted. */
  readonly sent: number
  /** Readers that were cut off because they did not read. */
  readonly slowReadersClosed: number
}

/** Lists that are polled at once, and tasks in them together, before a list more is refused. */
const mostLists = 1000
const mostTasks = 400_000
const beatsBetweenHeartbeats = 30
const heartbeat = commentText('heartbeat')

/** The events of all lists: a feed for each list that is followed, or was until a while ago. */
export class EventFeeds {
  readonly #parts: EventFeedsParts
  readonly #text = new EventText()
  /** By source. */
  readonly #feeds = new Map<string, Feed>()
  readonly #callers = new Map<Reader, Caller>()
  readonly #idle: IdleLists
  readonly #beats: Beats
  #isDraining = false
  #sent = 0
  #slowReadersClosed = 0

  constructor(parts: EventFeedsParts) {
    const { clock } = parts
    this.#parts = parts
    this.#beats = new Beats(clock, (beat) => this.#beat(beat))
    this.#idle = new IdleLists({
      clock,
      forget: (key) => this.#forget(key),
    })
  }

  get counts(): EventCounts {
    const polled = [...this.#feeds.values()].filter(({ readers }) => readers.size > 0)
    return {
      readers: this.#callers.size,
      pollers: polled.length,
      lagMs: Math.max(0, ...polled.map(({ lagMs }) => lagMs)),
      sent: this.#sent,
      slowReadersClosed: this.#slowReadersClosed,
    }
  }

  /**
   * Follows the events of a list.
   * @throws ApiError `stopping` or `too-many-readers`; what the first look at an unknown list failed with, unless it may well work later
   */
  async follow(source: Source, { caller, lastEventId, signal, ...request }: ReaderRequest): Promise<ReadableStream<Uint8Array>> {
    this.#refuseWhenFull(source)
    const key = sourceKey(source)
    const feed = this.#feedOf(source, key)
    const reader = new Reader({ ...request, onLeave: (why) => this.#left(reader, feed, key, why) }, this.#text)
    this.#callers.set(reader, caller)
    feed.enter(reader)
    this.#beats.start()
    try {
      const failure = await feed.firstLook(signal)
      if (failure !== undefined && problemOf(failure).body.status !== 503) throw failure
      this.#sent += await reader.begin(() => feed.beginningAfter(lastEventId))
      if (signal.aborted) throw abortErrorOf(signal)
    } catch (error) {
      reader.leave()
      throw error
    }
    return reader.stream
  }

  /** Ends all streams after what is queued for them, stops the pollers, and takes no readers any more. */
  drain(): void {
    this.#isDraining = true
    for (const reader of this.#callers.keys()) reader.end()
    this.#idle.clear()
  }

  #refuseWhenFull(source: Source): void {
    if (this.#isDraining) throw new ApiError('stopping', 'This server is about to stop.', { hint: 'Come back in a moment.' })
    const isFull = this.#callers.size >= (this.#parts.maxReaders ?? 10_000)
    const { pollers } = this.counts
    const tasks = [...this.#feeds.values()].reduce((sum, { readers, known }) => sum + (readers.size > 0 ? known.size : 0), 0)
    const isFollowed = (this.#feeds.get(sourceKey(source))?.readers.size ?? 0) > 0
    if (!isFull && (isFollowed || (pollers < mostLists && tasks < mostTasks))) return
    throw new ApiError(
      'too-many-readers',
      `This server has ${this.#callers.size} readers of events, of ${pollers} lists: it takes no more.`,
      {
        hint: 'Come back when others have left, or ask another server.',
      },
    )
  }

  #feedOf(source: Source, key: string): Feed {
    this.#idle.take(key)
    const known = this.#feeds.get(key)
    if (known !== undefined) return known
    const { sightOf, events, pollIntervalMs: intervalMs, clock, random, log } = this.#parts
    const feed = new Feed({
      key,
      sight: sightOf(source),
      events,
      text: this.#text,
      intervalMs,
      clock,
      random,
      log,
      onSent: (readers) => (this.#sent += readers),
    })
    this.#feeds.set(key, feed)
    return feed
  }

  #left(reader: Reader, feed: Feed, key: string, why: 'left' | 'slow'): void {
    this.#callers.delete(reader)
    feed.leave(reader)
    if (why === 'slow') this.#slowReadersClosed++
    if (this.#callers.size === 0) this.#beats.stop()
    if (feed.readers.size > 0) return
    if (feed.known.isBlank || this.#isDraining) this.#forget(key)
    else this.#idle.add(key, feed.known.size)
  }

  #forget(key: string): void {
    this.#feeds.delete(key)
    this.#parts.events.forget(key)
  }

  /** Rights may end while a stream is open, and a connection that is silent for long is taken for dead on its way. */
  #beat(beat: number): void {
    const { isStillGood } = this.#parts
    const isGood = new Map<Caller, boolean>()
    for (const [reader, caller] of this.#callers) {
      if (!isGood.has(caller)) isGood.set(caller, isStillGood(caller))
      if (isGood.get(caller) === false) reader.end()
    }
    if (beat % beatsBetweenHeartbeats !== 0) return
    for (const { readers } of this.#feeds.values()) for (const reader of readers) reader.say(heartbeat)
  }
}
