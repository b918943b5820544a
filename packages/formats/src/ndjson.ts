import { exactJson } from './exact-json.js'
import type { Format } from './format.js'

/** A row a line. */
export const ndjson: Format = async function* ndjson(rows) {
  for await (const batch of rows) {
    let text = ''
    for (const row of batch) text += `${exactJson(row)}\n`
    yield text
  }
}
