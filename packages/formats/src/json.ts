import { exactJson } from './exact-json.js'
import type { Format } from './format.js'

/** One valid document: an array with a row a line, or the only row by itself. After a failure it stays unclosed, so that nobody takes it for whole. */
export const json: Format = async function* json(rows, { single }) {
  let opened = false
  for await (const batch of rows) {
    if (single) {
      yield `${exactJson(batch[0], 2)}\n`
      return
    }
    let text = ''
    for (const row of batch) {
      text += `${opened ? ',' : '['}\n${exactJson(row)}`
      opened = true
    }
    yield text
  }
  yield opened ? '\n]\n' : '[]\n'
}
