import type { Options } from '@backset/settings'
import { commonOptions } from './common.js'
import { dryRunOptions } from './dry-run.js'
import { fetchOptions } from './fetch.js'
import { linkOptions, outputOptions, whoOption } from './output.js'
import { waitOptions } from './wait.js'

const { connections, network } = fetchOptions
const { output, columns, query, out, formulas } = outputOptions

/** What both kinds of download take beside what they are made from. */
export const createOptions = {
  'client-token': {
    kind: 'text',
    group: 'What',
    placeholder: 'TOKEN',
    fallback: 'a new one',
    summary: 'The same token makes the same task: give it again after a failure',
  },
  wait: { kind: 'switch', group: 'Then', summary: 'Wait until the task has finished, and print it' },
  fetch: { kind: 'text', group: 'Then', placeholder: 'DIR', summary: 'Wait, and fetch its file into this folder' },
  interval: { ...waitOptions.interval, group: 'Then' },
  connections: { ...connections, group: 'Then', needs: 'fetch' },
  network: { ...network, group: 'Then', needs: 'fetch' },
  output,
  columns,
  query,
  out,
  formulas,
  ...linkOptions,
  ...whoOption,
  ...dryRunOptions,
  ...commonOptions,
} as const satisfies Options

/** Formats of the data in the file. */
export const dataFormats = ['Native', 'SQL', 'CSV', 'JSON'] as const
export type DataFormat = (typeof dataFormats)[number]
