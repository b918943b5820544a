import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { fetchOptions } from '../options/fetch.js'
import { fetchedFieldWords } from '../options/field-words.js'
import { fieldOptions, outputOptions, whoOption } from '../options/output.js'
import { waitOptions } from '../options/wait.js'

const { output, query, out, formulas } = outputOptions
const { columns } = fieldOptions(fetchedFieldWords)

const options = {
  dir: {
    kind: 'text',
    short: 'd',
    group: 'Fetching',
    placeholder: 'DIR',
    fallback: '.',
    summary: 'Folder for the files; made when it is missing',
  },
  ...fetchOptions,
  force: { kind: 'switch', group: 'Fetching', summary: 'Fetch even where the file, or another of its name, stands already' },
  wait: { kind: 'switch', group: 'Waiting', summary: 'Wait for tasks that have not finished' },
  ...waitOptions,
  output,
  columns,
  query,
  out,
  formulas,
  ...whoOption,
  ...dryRunOptions,
  ...commonOptions,
} as const

export type FetchArgs = Args<typeof options>

export default defineCommand({
  summary: 'Bring the files of download tasks to disk, whole and checked; an interrupted one goes on where it was',
  usage: 'TASK_ID… | -',
  words: { min: 1, max: 10_000 },
  examples: [
    'backset fetch urxgrxt7xxxx -d backups',
    'backset fetch urxgrxt7xxxx --wait --connections 8 -o json',
    'backset list --plan dbs1hvb0wxxxxxx --status finish --way manual --limit 1 -o id | backset fetch - -d backups',
  ],
  actions: ['DescribeBackupSetDownloadTaskList'],
  options,
  async run(args, context) {
    const [{ inSession, lastWordMs }, { fetchThem }] = await Promise.all([import('../session.js'), import('../work/fetch.js')])
    return inSession(args, context, (session) => fetchThem(args, session, context), { lastWordMs })
  },
})
