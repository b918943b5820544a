import type { Options } from '@backset/settings'
import { outputOptions, whoOption } from './output.js'

/** How a watch looks, and how it tells. */
export const watchOptions = {
  interval: { kind: 'text', group: 'Watching', placeholder: 'DURATION', fallback: '10s', summary: 'Time between two looks at a plan' },
  output: {
    kind: 'text',
    short: 'o',
    group: 'Output',
    choices: ['table', 'ndjson'],
    fallback: 'table on a terminal, ndjson in a pipe',
    summary: 'A table that changes in place, or a line of JSON for each event',
  },
  sort: { ...outputOptions.sort, fallback: '-createTime', summary: 'Order of the table, - for descending' },
  verbose: { ...whoOption.verbose, summary: 'Say on stderr at the end who was asked, and with which keys' },
  limit: { ...outputOptions.limit, summary: 'At most so many rows of the table' },
} as const satisfies Options
