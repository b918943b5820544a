import { openTimeZone } from '@backset/core'

/** A moment at which a zone's clock is moved. Local times are given as if they were UTC. */
export interface ClockChange {
  readonly at: number
  readonly kind: 'skipped' | 'doubled'
  /** The local times that are left out or come twice: from (inclusive), to (exclusive). */
  readonly from: number
  readonly to: number
}

const dayMs = 86_400_000

/** The clock changes of a zone in (from, from + days], in order. */
export function clockChanges(timeZone: string, from: number, days: number): readonly ClockChange[] {
  const { offsetAt } = openTimeZone(timeZone)
  const starts = Array.from({ length: days }, (_, day) => from + day * dayMs)
  return starts.flatMap((start) => {
    const [before, after] = [offsetAt(start), offsetAt(start + dayMs)]
    if (before === after) return []
    const at = firstWith((ms) => offsetAt(ms) === after, start, start + dayMs)
    const [lower, upper] = [at + Math.min(before, after), at + Math.max(before, after)]
    return [{ at, kind: after > before ? 'skipped' : 'doubled', from: lower, to: upper } as const]
  })
}

/** The first millisecond for which `holds`, where it does not hold at `low` and holds from there up to `high`. */
function firstWith(holds: (ms: number) => boolean, low: number, high: number): number {
  let [without, withIt] = [low, high]
  while (withIt - without > 1) {
    const middle = Math.floor((without + withIt) / 2)
    if (holds(middle)) withIt = middle
    else without = middle
  }
  return withIt
}
