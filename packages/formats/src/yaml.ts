import { stringify } from 'yaml'
import { withBigInts } from './exact-json.js'
import type { Format } from './format.js'

// Block scalars lose a line of blanks (yaml 2.9.1 with `" \n"`), so texts of several lines are quoted.
// Half of the world's readers still follow YAML 1.1, where a bare `no` is false and `12:30:45` a number: what either version would misread is quoted.
const options = { compat: 'yaml-1.1', blockQuote: false, lineWidth: 0, aliasDuplicateObjects: false } as const

/** One sequence, or the only row by itself. Sequences written one after another are one sequence, so it streams. */
export const yaml: Format = async function* yaml(rows, { single }) {
  let empty = true
  for await (const batch of rows) {
    empty = false
    yield stringify(withBigInts(single ? batch[0] : batch), options)
    if (single) return
  }
  if (empty) yield '[]\n'
}
