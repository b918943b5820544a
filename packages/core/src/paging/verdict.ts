import type { Verdict } from './proof.js'
import type { WalkRecord } from './walk.js'

const maxWalks = 4

/** What to do after a walk: end with a verdict, re-read the ends, or walk again. */
export type NextStep = Verdict | 'seal' | 'walk'

/** What a walk must have for the judge; the rest of its record is the walk's own. */
export type Walked = Pick<
  WalkRecord,
  'total' | 'before' | 'base' | 'first' | 'signatures' | 'tellTales' | 'distinct' | 'duplicates' | 'endsEmpty'
>

/** Whether a walk held what the service says it has; where it says nothing, whether it came to an empty page without meeting an id twice. */
const isWhole = ({ total, before, distinct, endsEmpty, duplicates }: Walked): boolean =>
  total === undefined ? endsEmpty && duplicates === 0 : before + distinct === total

/** Whether nothing in a walk spoke of a list that moves. That it counts from 1 is a way, not a move. */
const isStill = ({ tellTales }: Walked): boolean => [...tellTales].every((tellTale) => tellTale === 'one-based')

/**
 * Whether two walks saw the same list. Every page of both must have told the same total: only then did the list hold exactly these rows at the moment
 * the first walk ended (docs/decisions/0010-what-the-proof-rests-on.md).
 */
const sameWalk = (a: Walked, b: Walked): boolean =>
  a.total === b.total &&
  !a.tellTales.has('total-changed') &&
  !b.tellTales.has('total-changed') &&
  a.first === b.first &&
  a.before === b.before &&
  a.signatures.length === b.signatures.length &&
  a.signatures.every((signature, at) => signature === b.signatures[at])

/**
 * Judges the walks so far. Pure.
 * @param walks in order; never empty
 * @param sealed what re-reading both ends said; undefined while they were not
 */
export function judge(
  walks: readonly Walked[],
  { verify, sealed }: { readonly verify: 'ends' | 'full'; readonly sealed?: boolean | undefined },
): NextStep {
  const last = walks.at(-1)
  const previous = walks.at(-2)
  if (last === undefined) return 'walk'
  if (previous === undefined) {
    if (verify === 'full' || !isStill(last) || !isWhole(last)) return 'walk'
    if (last.signatures.length <= 1) return 'sealed' // one page is read at one moment
    if (sealed === undefined) return 'seal'
    return sealed ? 'sealed' : 'walk'
  }
  if (sameWalk(previous, last)) {
    if (!isWhole(last)) return 'short'
    return verify === 'full' && walks.length === 2 && isStill(previous) ? 'twice' : 'settled'
  }
  return walks.length < maxWalks ? 'walk' : 'moving'
}
