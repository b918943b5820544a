import { createHash } from 'node:crypto'
import { type Clock, DbsError, type DownloadTask, type Listing, present, type Proof, taskFingerprint, unlessAborted } from '@backset/core'
import { asNoSuch } from '../no-such.js'
import { ListTooLargeError } from './list-too-large-error.js'
import { sourceKey, type Source } from './source.js'

export interface SnapshotParts {
  readonly source: Source
  /** Opens the list that fills it; told to end by `signal`. */
  readonly open: (signal: AbortSignal) => Listing<DownloadTask>
  /** Asked once the service has said how many rows there are, and again when more come: whether there is room. */
  readonly reserve: (rows: number) => boolean
  /** Asked when the list ends empty: throws when there is none, which the service answers the same way. */
  readonly confirmEmpty: (signal: AbortSignal) => Promise<void>
  /** Told at its end, well or not, before its readers are. */
  readonly onEnd: (failure: Error | undefined) => void
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
}

/**
 * The tasks of a source at one moment, their links masked. One walk fills it, however many read; readers follow it by index. When the last reader leaves
 * before its end, the walk is ended, too.
 */
export class Snapshot {
  readonly source: Source
  /** Equal for snapshots of one source. */
  readonly key: string
  /** This one's alone: keeps it known without keeping it. */
  readonly token = Symbol('snapshot')
  /** What came so far, in the service's order. */
  readonly rows: DownloadTask[] = []
  readonly #abort = new AbortController()
  readonly #clock: SnapshotParts['clock']
  readonly #ended: Promise<void>
  #readers = 0
  #state: 'filling' | 'whole' | 'failed' = 'filling'
  #proof: Proof | undefined
  #version = ''
  #endedAt: number | undefined
  #takenAt: number | undefined
  #news = new NewsBoard()

  constructor(parts: SnapshotParts) {
    this.source = parts.source
    this.key = sourceKey(parts.source)
    this.#clock = parts.clock
    this.#ended = this.#fill(parts)
    this.#ended.catch(() => undefined) // its readers are told, and there may be none left
  }

  get isFilling(): boolean {
    return this.#state === 'filling'
  }

  /** Whether its walk came to its end; the proof tells what that is worth. */
  get isWhole(): boolean {
    return this.#state === 'whole'
  }

  /** Whether its readers left before its end: nobody may join it any more. */
  get isAbandoned(): boolean {
    return this.#abort.signal.aborted
  }

  get readers(): number {
    return this.#readers
  }

  /** What its listing knows of its completeness; undefined before its end. */
  get proof(): Proof | undefined {
    return this.#proof
  }

  /** Equal for equal rows of one source in equal order; links take no part. Empty before its end. Cursors and ETags name it. */
  get version(): string {
    return this.#version
  }

  /** Milliseconds since its walk ended; 0 before. */
  get ageMs(): number {
    return this.#endedAt === undefined ? 0 : this.#clock.monotonic() - this.#endedAt
  }

  /** When its walk ended, in epoch milliseconds; undefined before. `since=7d` counts back from it, so that every page counts from the same moment. */
  get takenAt(): number | undefined {
    return this.#takenAt
  }

  /** Counts a reader; when the last one leaves a walk that has not ended, it is ended. */
  enter(): Disposable {
    this.#readers++
    let isHere = true
    return {
      [Symbol.dispose]: () => {
        if (!isHere) return
        isHere = false
        this.#readers--
        if (this.#readers === 0 && this.isFilling) this.#abort.abort()
      },
    }
  }

  /**
   * Resolves at its end.
   * @throws the error that stopped its walk, or that of the signal
   */
  async whenWhole(signal: AbortSignal): Promise<void> {
    await unlessAborted(this.#ended, signal)
  }

  /**
   * Its rows from `from` on, as they come; ends with the list.
   * @throws the error that stopped its walk, or that of the signal
   */
  async *follow(signal: AbortSignal, from = 0): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    for (let at = from; ;) {
      const news = this.#news.next
      if (at < this.rows.length) {
        const batch = this.rows.slice(at, at + rowsAtOnce)
        at += batch.length
        yield batch
      } else if (this.isFilling) await unlessAborted(news, signal)
      else break
    }
    await this.#ended
  }

  async #fill({ open, reserve, confirmEmpty, onEnd }: SnapshotParts): Promise<void> {
    // Not before whoever asked has entered; a walk that nobody waits for is none.
    await Promise.resolve()
    const version = createHash('sha256').update(this.key)
    let failure: Error | undefined
    let lastRequestId: string | undefined
    try {
      const listing = open(this.#abort.signal)
      for await (const { items } of listing.pages()) {
        const rows = this.rows.length + items.length
        if (!reserve(Math.max(rows, listing.totalElements ?? 0))) throw new ListTooLargeError(listing.totalElements ?? rows)
        for (const task of items) {
          this.rows.push(present(task, { links: 'masked' }))
          version.update(taskFingerprint(task)).update('\n')
        }
        this.#tell()
      }
      lastRequestId = listing.proof?.lastRequestId
      if (this.rows.length === 0) await confirmEmpty(this.#abort.signal)
      this.#proof = listing.proof
      this.#version = version.digest('base64url')
      this.#state = 'whole'
    } catch (error) {
      this.#state = 'failed'
      failure =
        error instanceof DbsError || error instanceof ListTooLargeError
          ? asNoSuch(error, this.source, lastRequestId)
          : new DbsError('internal', 'A listing broke.', { cause: error })
      throw failure
    } finally {
      this.#endedAt = this.#clock.monotonic()
      this.#takenAt = this.#clock.now()
      onEnd(failure)
      this.#tell()
    }
  }

  #tell(): void {
    const told = this.#news
    this.#news = new NewsBoard()
    told.post()
  }
}

/** Rows a reader is given at once. */
const rowsAtOnce = 500

/** Whoever waits for the next piece of news has its promise; posting resolves it. */
class NewsBoard {
  post!: () => void
  readonly next = new Promise<void>((resolve) => {
    this.post = resolve
  })
}
