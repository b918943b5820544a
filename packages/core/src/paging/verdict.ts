import type { Verdict } from './proof.js'
import { sameWalk, type WalkRecord } from './walk.js'

export const maxWalks = 4

/** What to do after a walk: end with a verdict, re-read the ends, or walk again. */
export type NextStep = Verdict | 'seal' | 'walk'

/** Whether a walk held what the service says it has; `before` rows stand before the cursor it went on from. */
export const holdsTotal = ({ total, distinct }: WalkRecord, before: number): boolean => total !== undefined && distinct + before === total

/** Whether nothing in a walk spoke of a list that moves. That it counts from 1 is a way, not a move. */
const isStill = ({ tellTales }: WalkRecord): boolean => [...tellTales].every((tellTale) => tellTale === 'one-based')

/**
 * Judges the walks so far. Pure.
 * @param walks in order; never empty
 * @param sealed what re-reading both ends said; undefined while they were not
 */
export function judge(
  walks: readonly WalkRecord[],
  { verify, before, sealed }: { readonly verify: 'ends' | 'full'; readonly before: number; readonly sealed?: boolean | undefined },
): NextStep {
  const last = walks.at(-1)
  const previous = walks.at(-2)
  if (last === undefined) return 'walk'
  if (previous === undefined) {
    if (verify === 'full' || !isStill(last) || !holdsTotal(last, before)) return 'walk'
    if (last.signatures.length <= 1) return 'sealed' // one page is read at one moment
    if (sealed === undefined) return 'seal'
    return sealed ? 'sealed' : 'walk'
  }
  if (sameWalk(previous, last)) {
    // Without a total, two equal walks that both ran to an empty page are all there is to know.
    if (last.total !== undefined && !holdsTotal(last, before)) return 'short'
    return verify === 'full' && walks.length === 2 && isStill(previous) ? 'twice' : 'settled'
  }
  return walks.length < maxWalks ? 'walk' : 'moving'
}
