import type { Caller } from '../auth/caller.js'
import { contentTypes } from '../negotiate.js'
import { revalidate, weakTag } from '../routes/cache-headers.js'
import type { Cursors } from '../snapshots/cursor.js'
import type { KeptPage } from '../snapshots/pages.js'
import { seenBy } from '../snapshots/selection.js'
import type { Snapshot } from '../snapshots/snapshot.js'
import type { Views } from '../snapshots/view.js'
import { requireProof, requireTask } from './judge.js'
import { pageLinks } from './page-links.js'
import type { Question } from './question.js'
import { dispositionOf, headerJson, jsonOf, textOf } from './write-rows.js'

export interface PageRequest {
  readonly question: Question
  readonly caller: Caller
  /** What was asked, for its links. */
  readonly address: URL
  readonly snapshot: Snapshot
  /** Rows that earlier pages gave. */
  readonly offset: number
  /** What relative times count back from, epoch milliseconds. */
  readonly moment: number
}

/**
 * One page of a whole snapshot, as it is sent.
 * @throws NotFoundError, IncompleteListingError
 */
export async function makePage(
  { question, caller, address, snapshot, offset, moment }: PageRequest,
  { views, cursors }: { readonly views: Views; readonly cursors: Cursors },
): Promise<Pick<KeptPage, 'body' | 'etag' | 'headers'>> {
  const { source, selection, limit, format, columns, formulas } = question
  const { version, proof } = snapshot
  requireProof(proof, question)
  requireTask(snapshot.rows.some(seenBy(caller, source)), source, proof.lastRequestId)
  const view = views.of(snapshot, selection.at(moment, caller))
  const end = Math.min(offset + limit, view.length)
  const rows = view.slice(snapshot.rows, offset, end)
  const nextCursor = end < view.length ? cursors.write({ version, offset: end, question: selection.hash, moment }, caller.id) : null
  const told = { ...proof, matched: view.length }
  const etag = weakTag(view.digest, offset, limit, format, columns, formulas, proof.verdict)
  const text = format === 'json' ? jsonOf({ rows, limit, nextCursor, proof: told }, columns) : await written(rows, question)
  return {
    body: Buffer.from(text),
    etag,
    headers: {
      'content-type': contentTypes[format],
      ...dispositionOf(source, question),
      ...(format !== 'json' && { 'x-backset-proof': headerJson(told) }),
      etag,
      link: pageLinks(address, nextCursor),
      ...revalidate,
    },
  }
}

async function written(rows: readonly unknown[], question: Question): Promise<string> {
  let text = ''
  for await (const chunk of await textOf(asBatches(rows), question)) text += chunk
  return text
}

async function* asBatches(rows: readonly unknown[]): AsyncGenerator<readonly unknown[], void, undefined> {
  if (rows.length > 0) yield rows
}
