import type { NextDue } from './due-times.js'

export type CatchUp = 'last' | 'all' | 'none'

export interface Owed {
  /** Due times to run, oldest first. */
  readonly run: readonly number[]
  /** Due times that are noted as missed, oldest first. */
  readonly missed: readonly number[]
  /** The first of the due times that are older still: they are noted as missed together. */
  readonly missedBefore: number | undefined
}

/** A run that is no later than this is late, not missed. */
export const graceMs = 5 * 60_000
/** Due times that are looked at one by one, the newest: a scheduler that stood for a year must not run, nor note, a million of them. */
export const mostOwed = 1000
const firstSpanMs = 3_600_000

/**
 * What is owed of a schedule in (cursor, now]. What became due within the grace runs in any case; of what is older `all` runs all, `last` the last, `none`
 * none. Epoch milliseconds throughout.
 */
export function dueRuns(next: NextDue, cursor: number, now: number, catchUp: CatchUp): Owed {
  const { due, hasOlder } = newest(next, cursor, now)
  const older = due.filter((moment) => now - moment > graceMs)
  const madeUpFor = { all: older.length, last: 1, none: 0 }[catchUp]
  const firstToRun = Math.max(0, older.length - madeUpFor)
  return { run: due.slice(firstToRun), missed: due.slice(0, firstToRun), missedBefore: hasOlder ? next(cursor) : undefined }
}

/** The newest due times in (cursor, now], found without walking through all. */
function newest(next: NextDue, cursor: number, now: number): { readonly due: readonly number[]; readonly hasOlder: boolean } {
  for (let spanMs = firstSpanMs; ; spanMs *= 2) {
    const from = Math.max(cursor, now - spanMs)
    const found = between(next, from, now)
    if (found.length > mostOwed) return { due: found.slice(-mostOwed), hasOlder: true }
    if (from === cursor) return { due: found, hasOlder: false }
  }
}

function between(next: NextDue, from: number, to: number): readonly number[] {
  const found: number[] = []
  for (let moment = next(from); moment !== undefined && moment <= to; moment = next(moment)) found.push(moment)
  return found
}
