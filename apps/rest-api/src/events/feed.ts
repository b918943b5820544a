import { DbsError, KnownTasks, Poller, unlessAborted, type Clock, type Sight } from '@backset/core'
import type { Logger } from 'pino'
import { ApiError } from '../api-error.js'
import type { Events, StoredEvent } from '../ports/events.js'
import { commentText, type EventText } from './event-text.js'
import { mostQueuedBytes, type Beginning, type Reader } from './reader.js'

export interface FeedParts {
  /** Names the list to the log of events. */
  readonly key: string
  readonly sight: Sight
  readonly events: Events
  readonly text: EventText
  readonly intervalMs: number
  readonly clock: Clock
  readonly random: () => number
  readonly log: Pick<Logger, 'warn' | 'info' | 'error'>
  /** Told how many readers were given an event. */
  readonly onSent: (readers: number) => void
}

/** Readers of a list, and one poller as long as there are any; what was last seen stays for those who come back. */
export class Feed {
  readonly known = new KnownTasks()
  readonly #parts: FeedParts
  readonly #readers = new Set<Reader>()
  #run: Run | undefined
  /** Ends with the last run's last request. */
  #stopped: Promise<void> = Promise.resolve()
  #goodAt = 0
  #isInTrouble = false

  constructor(parts: FeedParts) {
    this.#parts = parts
  }

  get readers(): ReadonlySet<Reader> {
    return this.#readers
  }

  /** Milliseconds since the last good look, while somebody reads. */
  get lagMs(): number {
    return this.#run === undefined ? 0 : this.#parts.clock.monotonic() - this.#goodAt
  }

  /** The first reader starts the poller. */
  enter(reader: Reader): void {
    this.#readers.add(reader)
    this.#run ??= this.#start()
  }

  /** The last reader stops the poller, and what it has asked. */
  leave(reader: Reader): void {
    if (!this.#readers.delete(reader) || this.#readers.size > 0) return
    this.#run?.abort.abort()
    this.#run?.subscription[Symbol.dispose]()
    this.#run = undefined
  }

  /**
   * Resolves once the list was seen, now or by an earlier poller, or otherwise with how the first look failed; and with nothing when it takes long.
   * @throws the error of the signal
   */
  async firstLook(signal: AbortSignal): Promise<Error | undefined> {
    if (!this.known.isBlank || this.#run === undefined) return undefined
    return unlessAborted(this.#run.firstLook, signal)
  }

  /** Where a reader begins that comes with the id of the last event it has, or with none. */
  async beginningAfter(lastId: string | undefined): Promise<Beginning> {
    const { events, key } = this.#parts
    const past = lastId === undefined ? [] : await events.replay(key, lastId)
    if (lastId !== undefined && past !== 'reset') return { id: lastId, isReset: false, past }
    return { id: await events.latestId(key), isReset: past === 'reset', past: [] }
  }

  /** Words to all readers. */
  say(words: string): void {
    const bytes = commentText(words)
    for (const reader of this.#readers) reader.say(bytes)
  }

  #start(): Run {
    const { sight, events, key, intervalMs, clock, random } = this.#parts
    const abort = new AbortController()
    const firstLook = new FirstLook()
    const poller = new Poller({
      sight,
      known: this.known,
      publish: async (news) => {
        await events.publish(key, news)
        await this.#letCatchUp(abort.signal)
      },
      onLook: (failure) => {
        this.#note(failure)
        firstLook.tell(failure)
      },
      intervalMs,
      clock,
      random,
    })
    clock.sleep(firstLookMs, abort.signal).then(
      () => firstLook.tell(undefined),
      () => undefined,
    )
    this.#goodAt = clock.monotonic()
    this.#isInTrouble = false
    const subscription = events.subscribe(key, (event) => this.#send(event))
    // Two pollers at once would tell the same change twice.
    this.#stopped = this.#stopped.then(() => poller.run(abort.signal))
    return { abort, firstLook: firstLook.told, subscription }
  }

  #send(event: StoredEvent): void {
    let readers = 0
    for (const reader of this.#readers) if (reader.send(event)) readers++
    this.#parts.onSent(readers)
  }

  /** After a long absence there may be more news than a queue holds: whoever reads at all has time to take them. */
  async #letCatchUp(signal: AbortSignal): Promise<void> {
    for (let pause = 0; pause < mostPauses && [...this.#readers].some(lags); pause++)
      await this.#parts.clock.sleep(pauseMs, signal).catch(() => undefined)
  }

  #note(failure: Error | undefined): void {
    const { clock, log } = this.#parts
    if (failure === undefined) {
      this.#goodAt = clock.monotonic()
      if (this.#isInTrouble) this.say('DBS answers again.')
      if (this.#isInTrouble) log.info('a poller sees its list again')
      this.#isInTrouble = false
      return
    }
    const code = codeOf(failure)
    this.say(`DBS cannot be asked now (${code}). What happens meanwhile follows later.`)
    if (code === 'internal') log.error({ err: failure }, 'a look at a list broke')
    else if (!this.#isInTrouble) log.warn({ code }, 'a poller does not see its list')
    this.#isInTrouble = true
  }
}

/** One poller, from its first reader to its last. */
interface Run {
  readonly abort: AbortController
  readonly firstLook: Promise<Error | undefined>
  readonly subscription: Disposable
}

/** How the first look of a run ended, for whoever waits for it. */
class FirstLook {
  tell!: (failure: Error | undefined) => void
  readonly told = new Promise<Error | undefined>((resolve) => {
    this.tell = resolve
  })
}

/** A stream begins without the first look, rather than that a browser takes the server for dead. */
const firstLookMs = 2000

const lags = ({ queuedBytes }: Reader): boolean => queuedBytes > mostQueuedBytes / 4

/** In all a second a batch. */
const mostPauses = 20
const pauseMs = 50

const codeOf = (failure: Error): string => (failure instanceof DbsError || failure instanceof ApiError ? failure.code : 'internal')
