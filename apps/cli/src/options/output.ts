import type { Options } from '@backset/settings'

const formatNames = ['table', 'json', 'ndjson', 'csv', 'tsv', 'yaml', 'id'] as const

/** How rows are printed. */
export const outputOptions = {
  output: {
    kind: 'text',
    short: 'o',
    group: 'Output',
    choices: formatNames,
    variable: 'BACKSET_OUTPUT',
    fallback: 'table on a terminal, json in a pipe',
    summary: 'Format',
  },
  columns: { kind: 'list', group: 'Output', placeholder: 'NAME', summary: 'Fields to print, in this order' },
  sort: { kind: 'list', group: 'Output', placeholder: '[-]FIELD', summary: 'Order by a field, - for descending; gathers the rows first' },
  query: {
    kind: 'text',
    group: 'Output',
    placeholder: 'JMESPATH',
    summary: 'What to print of the rows; with ndjson it sees one row at a time',
  },
  limit: { kind: 'text', group: 'Output', placeholder: 'N', summary: 'At most so many rows' },
  out: { kind: 'text', group: 'Output', placeholder: 'FILE', summary: 'Write to a file, whole or not at all' },
  formulas: {
    kind: 'text',
    group: 'Output',
    choices: ['escape', 'keep'],
    fallback: 'escape',
    summary: "csv and tsv: put ' before text that a spreadsheet would run",
  },
} as const satisfies Options

/** The same flags with the fields that these rows have. */
export const fieldOptions = (words: readonly string[]) =>
  ({
    columns: { ...outputOptions.columns, suggestions: words },
    sort: { ...outputOptions.sort, suggestions: words },
  }) as const satisfies Options

export const verboseOption = {
  verbose: { kind: 'switch', short: 'v', group: 'Output', summary: 'Say on stderr how the listing was proved' },
} as const satisfies Options

/** The same flag where no listing is proved. */
export const whoOption = {
  verbose: { ...verboseOption.verbose, summary: 'Say on stderr who was asked, and with which keys' },
} as const satisfies Options

export const linkOptions = {
  'show-links': { kind: 'switch', group: 'Output', summary: 'Print download links whole; they may open the backup to whoever has them' },
} as const satisfies Options
