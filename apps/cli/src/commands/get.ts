import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { taskFieldWords } from '../options/field-words.js'
import { fromOption } from '../options/from.js'
import { fieldOptions, linkOptions, outputOptions, whoOption } from '../options/output.js'

const { output, query, out, formulas } = outputOptions
const { columns } = fieldOptions(taskFieldWords)

const options = {
  ...fromOption,
  output,
  columns,
  query,
  out,
  formulas,
  ...linkOptions,
  ...whoOption,
  ...dryRunOptions,
  ...commonOptions,
} as const

export type GetArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print one download task',
  usage: 'TASK_ID',
  words: { min: 1, max: 1 },
  examples: [
    'backset get urxgrxt7xxxx',
    'backset get urxgrxt7xxxx -o json --query backupSetDownloadStatus',
    'backset get urxgrxt7xxxx -o yaml --show-links',
    'backset get urxgrxt7xxxx --from tasks.ndjson',
  ],
  actions: ['DescribeBackupSetDownloadTaskList'],
  options,
  async run(args, context) {
    const [{ inSession }, { getTask }] = await Promise.all([import('../session.js'), import('../work/get.js')])
    return inSession(args, context, (session) => getTask(args, session, context))
  },
})
