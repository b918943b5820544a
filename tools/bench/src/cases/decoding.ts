import jsonBigint from 'json-bigint'
// Inside core on purpose: what is measured is the step alone, not a call through the client.
import { parseExactJson } from '../../../../packages/core/src/wire/json.js'
import { compareInProcess } from '../in-process.js'
import type { Case } from '../measure.js'
import { samplePage } from '../sample-page.js'

export const decoding: Case = {
  title: 'Decoding a page of 100 tasks whose gateway ids have 19 digits',
  run: (signal) => {
    const text = samplePage(100)
    return compareInProcess(
      {
        'json-bigint, which @alicloud/pop-core takes (exact)': () => jsonBigint.parse(text),
        'core (exact)': () => parseExactJson(text),
        'JSON.parse (rounds)': () => JSON.parse(text),
      },
      signal,
    )
  },
}
