import { ApiError } from '../api-error.js'
import type { Caller } from '../auth/caller.js'
import type { Cursors } from '../snapshots/cursor.js'
import type { KeptPage, Pages } from '../snapshots/pages.js'
import type { Snapshot } from '../snapshots/snapshot.js'
import type { Held, SnapshotStore } from '../snapshots/store.js'
import type { Views } from '../snapshots/view.js'
import type { TaskReader } from '../task-reader.js'
import { makePage } from './page-answer.js'
import type { Question } from './question.js'

export interface PageDeskParts {
  readonly store: Pick<SnapshotStore, 'fresh' | 'ofVersion' | 'openVersion'>
  readonly reader: Pick<TaskReader, 'wholeList'>
  readonly cursors: Cursors
  readonly pages: Pages
  readonly views: Views
  /** Milliseconds that never go back. */
  readonly now: () => number
}

/** A page and what tells how it came about. */
export interface PageAnswer extends Pick<Held, 'snapshot' | 'freshness'> {
  readonly page: Pick<KeptPage, 'body' | 'etag' | 'headers'>
}

/** Who asks for what, as it stands in the request. */
export interface Asking {
  readonly question: Question
  readonly caller: Caller
  readonly address: URL
  /** Under which a repeated request finds the page. */
  readonly key: string
  readonly signal: AbortSignal
}

/** How long a kept page may be given out: its cursor then is good for 23 hours yet. */
const keptMs = 60 * 60 * 1000

/** Gives out pages of lists: from a snapshot, and for a request that was made before, as kept. */
export class PageDesk {
  readonly #parts: PageDeskParts

  constructor(parts: PageDeskParts) {
    this.#parts = parts
  }

  /** The page of a request that was made before, while its snapshot answers. */
  again(key: string): PageAnswer | undefined {
    const kept = this.#parts.pages.get(key)
    return kept && { ...kept, freshness: 'hit' }
  }

  /** @throws what stopped the list; `invalid-cursor`, `snapshot-gone`, NotFoundError, IncompleteListingError */
  async answer({ question, caller, address, key, signal }: Asking): Promise<PageAnswer> {
    const { cursors, pages, now } = this.#parts
    const { selection, cursor } = question
    const place = cursor === undefined ? undefined : cursors.read(cursor, caller.id, selection.hash)
    using held = await (place === undefined
      ? this.#parts.reader.wholeList(question.source, signal)
      : this.#goOn(place.version, question, signal))
    const { snapshot, freshness } = held
    const moment = place?.moment ?? snapshot.takenAt ?? 0
    const page = await makePage({ question, caller, address, snapshot, offset: place?.offset ?? 0, moment }, this.#parts)
    const current = this.#current(snapshot, place !== undefined)
    pages.keep(key, { ...page, token: snapshot.token, current, until: now() + keptMs })
    return { page, snapshot, freshness }
  }

  /** The snapshot of a version; one that is not at hand may be what DBS still shows, as behind several servers that share a key. */
  async #goOn(version: string, { source }: Question, signal: AbortSignal): Promise<Held> {
    const kept = this.#parts.store.openVersion(version)
    if (kept !== undefined) return kept
    const held = await this.#parts.reader.wholeList(source, signal)
    if (held.snapshot.version === version) return held
    held[Symbol.dispose]()
    throw new ApiError('snapshot-gone', 'The list this cursor goes on in is no longer kept, and it has changed since.', {
      hint: 'Start again without the cursor.',
    })
  }

  #current({ key, version }: Snapshot, isNamed: boolean): () => Snapshot | undefined {
    const { store } = this.#parts
    return isNamed ? () => store.ofVersion(version) : () => store.fresh(key)
  }
}
