import { lookahead } from './lookahead.js'
import type { FetchPage } from './page.js'
import { signatureOfIds } from './signature-of-ids.js'
import type { WalkRecord } from './walk.js'

/** Reads both ends of a walk again, together, and says whether they still are what it read. */
export async function sealHolds<Row>(
  { first, last, signatures, total }: WalkRecord,
  fetchPage: FetchPage<Row>,
  idOf: (row: Row) => string,
  signal: AbortSignal,
): Promise<boolean> {
  const expected = [signatures[0], signatures.at(-1)]
  let holds = true
  for await (const { items, totalElements } of lookahead([first, last], fetchPage, { limit: 2, signal }))
    holds = signatureOfIds(items.map(idOf)) === expected.shift() && totalElements === total && holds
  return holds
}
