import type { WireRow } from './wire.js'

/** Rows of the seed that were not touched, or rows of their own. */
type Piece = { readonly from: number; readonly count: number } | { readonly rows: readonly WireRow[] }

/** Where untouched rows come from, and how any row looks at this moment. */
export interface RowSource {
  readonly count: number
  readonly row: (index: number) => WireRow
  /** The number of a row of the seed; undefined for an id of another origin. */
  readonly indexOf: (taskId: string) => number | undefined
  /** The row as it stands now: tasks that move through states look different later. */
  readonly settle: (row: WireRow) => WireRow
}

const sizeOf = (piece: Piece): number => ('rows' in piece ? piece.rows.length : piece.count)
const idOf = (row: WireRow): string => String(row['BackupSetDownloadTaskId'])

/**
 * The tasks of one plan in the order of the service: a piece table over rows that are computed when they are read, so that a million cost nothing and
 * any of them can be inserted, removed and changed while the list is read.
 */
export class TaskList implements Iterable<WireRow> {
  readonly #source: RowSource
  #pieces: Piece[] = []
  #length = 0

  constructor(source: RowSource) {
    this.#source = source
    this.reset()
  }

  get length(): number {
    return this.#length
  }

  /** Row `index` as a list shows it now; undefined beyond the ends. */
  at(index: number): WireRow | undefined {
    return this.slice(index, index + 1)[0]
  }

  slice(from = 0, to = this.#length): WireRow[] {
    const rows: WireRow[] = []
    let start = 0
    for (const piece of this.#pieces) {
      const end = start + sizeOf(piece)
      for (let at = Math.max(from, start); at < Math.min(to, end); at++) rows.push(this.#source.settle(this.#rowIn(piece, at - start)))
      start = end
      if (start >= to) break
    }
    return rows
  }

  *[Symbol.iterator](): Iterator<WireRow> {
    const step = 1000 // so that a reader of a million rows holds a thousand
    for (let from = 0; from < this.#length; from += step) yield* this.slice(from, from + step)
  }

  /** The ids in order: what a complete listing must hold. */
  ids(): string[] {
    return Array.from(this, idOf)
  }

  /** Where a task stands; -1 when it is not (or no longer) in the list. */
  indexOf(taskId: string): number {
    const number = this.#source.indexOf(taskId)
    let start = 0
    for (const piece of this.#pieces) {
      if ('rows' in piece) {
        const at = piece.rows.findIndex((row) => idOf(row) === taskId)
        if (at >= 0) return start + at
      } else if (number !== undefined && number >= piece.from && number < piece.from + piece.count) return start + number - piece.from
      start += sizeOf(piece)
    }
    return -1
  }

  /** Puts rows before row `index`; at `length` they are the last. */
  insert(index: number, ...rows: readonly WireRow[]): void {
    this.#replace(index, 0, rows)
  }

  /** Takes rows out and returns them as they looked. */
  remove(index: number, count = 1): WireRow[] {
    const removed = this.slice(index, index + count)
    this.#replace(index, removed.length, [])
    return removed
  }

  /** Gives a row other values. */
  change(index: number, fields: WireRow): void {
    const row = this.at(index)
    if (row === undefined) throw new RangeError(`The list has no row ${index}: it holds ${this.#length}.`)
    this.#replace(index, 1, [{ ...row, ...fields }])
  }

  /** Back to the rows of the seed. */
  reset(): void {
    this.#pieces = [{ from: 0, count: this.#source.count }]
    this.#length = this.#source.count
  }

  #rowIn(piece: Piece, offset: number): WireRow {
    return 'rows' in piece ? (piece.rows[offset] as WireRow) : this.#source.row(piece.from + offset)
  }

  #replace(index: number, count: number, rows: readonly WireRow[]): void {
    if (index < 0 || index + count > this.#length)
      throw new RangeError(`The list has no rows ${index} to ${index + count}: it holds ${this.#length}.`)
    const before = this.#cut(0, index)
    const after = this.#cut(index + count, this.#length)
    this.#pieces = joined([...before, { rows }, ...after])
    this.#length += rows.length - count
  }

  /** The pieces between two places. */
  #cut(from: number, to: number): Piece[] {
    let start = 0
    return this.#pieces.flatMap((piece): Piece[] => {
      const first = Math.max(from - start, 0)
      const last = Math.min(to - start, sizeOf(piece))
      start += sizeOf(piece)
      if (first >= last) return []
      return ['rows' in piece ? { rows: piece.rows.slice(first, last) } : { from: piece.from + first, count: last - first }]
    })
  }
}

/** Neighbouring pieces with rows of their own become one, empty ones go: the table stays short however often a list is moved. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (sizeOf(piece) === 0) continue
    if (last !== undefined && 'rows' in last && 'rows' in piece) result[result.length - 1] = { rows: [...last.rows, ...piece.rows] }
    else result.push(piece)
  }
  return result
}
