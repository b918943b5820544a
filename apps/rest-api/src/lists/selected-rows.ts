import type { DownloadTask, Proof } from '@backset/core'
import type { Caller } from '../auth/caller.js'
import { RowStream, type RowStreamParts } from '../snapshots/row-stream.js'
import { ListTooLargeError } from '../snapshots/list-too-large-error.js'
import { seenBy } from '../snapshots/selection.js'
import { sourceKey } from '../snapshots/source.js'
import type { Held, SnapshotStore } from '../snapshots/store.js'
import type { Views } from '../snapshots/view.js'
import type { TaskReader } from '../task-reader.js'
import { requireProof, requireTask } from './judge.js'
import type { Question } from './question.js'

export interface SelectedRowsParts extends Omit<RowStreamParts, 'source' | 'store'> {
  readonly store: Pick<SnapshotStore, 'fresh' | 'openForReader' | 'openStale'>
  readonly question: Question
  readonly caller: Caller
  readonly reader: Pick<TaskReader, 'wholeList'>
  readonly views: Views
  /** Whether rows are given only once all are there, so that they have a digest: worth the wait for whoever may hold the same already. */
  readonly waitsForWhole: boolean
  /** When it was asked, epoch milliseconds. */
  readonly now: number
}

/** All rows of a question, read once: as they come from DBS; once all are there where they are sorted, where all are there already, or where
 * whoever asks may hold them. */
export class SelectedRows {
  readonly #parts: SelectedRowsParts
  #origin: Pick<Held, 'snapshot' | 'freshness'> | undefined
  #proof: Proof | undefined
  #digest: string | undefined

  constructor(parts: SelectedRowsParts) {
    this.#parts = parts
  }

  /** What was read of; undefined before the first row, and where rows come past the store. */
  get origin(): Pick<Held, 'snapshot' | 'freshness'> | undefined {
    return this.#origin
  }

  /** Equal for equal rows in equal order; undefined before the first row, and where rows came before all of them were there. */
  get digest(): string | undefined {
    return this.#digest
  }

  /** Of the list, with the rows that matched; undefined before its end. */
  get proof(): Proof | undefined {
    return this.#proof
  }

  /** @throws what stopped the list; at its end NotFoundError for a task that is not there, IncompleteListingError */
  batches(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    const { question, store, waitsForWhole } = this.#parts
    const { selection, source } = question
    if (selection.isSorted) return this.#ofWhole()
    return waitsForWhole || store.fresh(sourceKey(source)) !== undefined ? this.#ofWholeIfItFits() : this.#asTheyCome()
  }

  async *#ofWholeIfItFits(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    try {
      yield* this.#ofWhole()
    } catch (error) {
      if (!(error instanceof ListTooLargeError)) throw error
      yield* this.#asTheyCome()
    }
  }

  async *#asTheyCome(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    const { question, caller, now } = this.#parts
    const { source, selection } = question
    const stream = new RowStream({ ...this.#parts, source })
    const sees = seenBy(caller, source)
    let passes: ((task: DownloadTask) => boolean) | undefined
    let isSeen = false
    let matched = 0
    for await (const batch of stream.batches()) {
      const { origin } = stream
      this.#origin = origin
      // What is known to be unproved is refused before its first row; what is still being read, where it ends.
      if (passes === undefined && origin?.snapshot.isWhole === true) requireProof(origin.snapshot.proof, question)
      passes ??= selection.at(origin?.snapshot.takenAt ?? now, caller).passes ?? (() => true)
      isSeen ||= batch.some(sees)
      const rows = batch.filter(passes)
      matched += rows.length
      if (rows.length > 0) yield rows
    }
    this.#origin = stream.origin
    this.#end(stream.proof, isSeen, matched)
  }

  async *#ofWhole(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    const { question, caller, reader, views, signal, now } = this.#parts
    const { source, selection } = question
    using held = await reader.wholeList(source, signal)
    const { snapshot } = (this.#origin = held)
    requireProof(snapshot.proof, question)
    const view = views.of(snapshot, selection.at(snapshot.takenAt ?? now, caller))
    this.#digest = view.digest
    for (let from = 0; from < view.length; from += rowsAtOnce) yield view.slice(snapshot.rows, from, from + rowsAtOnce)
    this.#end(snapshot.proof, snapshot.rows.some(seenBy(caller, source)), view.length)
  }

  #end(proof: Proof | undefined, isSeen: boolean, matched: number): void {
    const { question } = this.#parts
    requireProof(proof, question)
    requireTask(isSeen, question.source, proof.lastRequestId)
    this.#proof = { ...proof, matched }
  }
}

const rowsAtOnce = 500
