import { createHash } from 'node:crypto'
import type { Snapshot } from '../snapshots/snapshot.js'
import type { Freshness } from '../snapshots/store.js'
import { upstreamRequestId } from './upstream-request-id.js'

/** Clients may keep an answer, for themselves, and ask whether it still holds. Who asks decides what is seen, so it takes part. */
export const revalidate = { 'cache-control': 'private, no-cache', vary: 'Accept, Authorization, Cookie' } as const

/** RFC 9211: how the answer came about. */
const cacheStatus: Readonly<Record<Freshness, string>> = {
  hit: 'backset; hit',
  miss: 'backset; fwd=miss; stored',
  collapsed: 'backset; fwd=miss; collapsed',
  stale: 'backset; fwd=stale; detail=stale-if-error',
}

/** What tells how old an answer is, how it came about, and which request to DBS it rests on. */
export function cacheHeaders({ snapshot, freshness }: Answered): Record<string, string> {
  return {
    age: String(Math.floor(snapshot.ageMs / 1000)),
    'cache-status': cacheStatus[freshness],
    ...upstreamRequestId(snapshot.proof?.lastRequestId),
  }
}

/** What an answer was made from: a held snapshot, or what is as old and as proved. */
interface Answered {
  readonly snapshot: Pick<Snapshot, 'ageMs' | 'proof'>
  readonly freshness: Freshness
}

/** An entity tag of whatever an answer hangs on. Weak: request ids of proofs and signatures of links take no part. */
export const weakTag = (...parts: readonly unknown[]): string =>
  `W/"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}"`

/** Whether `If-None-Match` names this tag, or any; weak comparison (RFC 9110, 13.1.2). An answer without a tag is not named. */
export function isNamed(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  const opaque = etag.replace(/^W\//, '')
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === opaque)
}
