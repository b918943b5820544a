import { createHash } from 'node:crypto'
import type { DownloadTask } from '@backset/core'
import type { Choice } from './selection.js'
import type { Snapshot } from './snapshot.js'

/** The chosen rows of a snapshot, in their order. */
export interface View {
  readonly length: number
  /** Equal for equal rows in equal order. */
  readonly digest: string
  /** Rows of a snapshot of the version it was made from. */
  readonly slice: (rows: readonly DownloadTask[], from: number, to: number) => readonly DownloadTask[]
}

/** Most numbers kept, 4 bytes each. */
const mostIndexes = 4_000_000

/** Views, made once for each version of a snapshot and choice; the least recently used go. */
export class Views {
  readonly #kept = new Map<string, View>()
  #indexes = 0

  of(snapshot: Snapshot, choice: Choice): View {
    const { passes, order } = choice
    if (passes === undefined && order === undefined) return everyRow(snapshot)
    const key = `${snapshot.version} ${choice.key}`
    const view = this.#kept.get(key) ?? makeView(snapshot, choice)
    if (this.#kept.delete(key)) this.#indexes -= weight(view)
    this.#kept.set(key, view)
    this.#indexes += weight(view)
    for (const [oldest, old] of this.#kept) {
      if (this.#indexes <= mostIndexes || oldest === key) break
      this.#kept.delete(oldest)
      this.#indexes -= weight(old)
    }
    return view
  }
}

/** An empty one weighs something, too. */
const weight = ({ length }: View): number => length + 1000

const everyRow = ({ rows, version }: Snapshot): View => ({
  length: rows.length,
  digest: version,
  slice: (same, from, to) => same.slice(from, to),
})

function makeView({ rows, version }: Snapshot, { passes = () => true, order }: Choice): View {
  const indexes = Uint32Array.from(rows.keys()).filter((at) => passes(rows[at] as DownloadTask))
  if (order !== undefined) indexes.sort((a, b) => order(rows[a] as DownloadTask, rows[b] as DownloadTask) || a - b)
  return {
    length: indexes.length,
    digest: createHash('sha256').update(version).update(indexes).digest('base64url'),
    slice: (same, from, to) => Array.from(indexes.subarray(from, to), (at) => same[at] as DownloadTask),
  }
}
