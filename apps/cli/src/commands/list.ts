import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { filterOptions } from '../options/filters.js'
import { fromOption } from '../options/from.js'
import { taskFieldWords } from '../options/field-words.js'
import { fieldOptions, linkOptions, outputOptions, verboseOption } from '../options/output.js'

const options = {
  plan: { kind: 'list', group: 'Which', placeholder: 'ID', summary: 'Tasks of this plan' },
  task: { kind: 'list', group: 'Which', placeholder: 'ID', summary: 'This task' },
  'all-plans': { kind: 'switch', group: 'Which', summary: 'Tasks of every plan of the region' },
  ...fromOption,
  cursor: {
    kind: 'text',
    group: 'Which',
    placeholder: 'CURSOR',
    summary: 'Go on after the row it names; an error that stops a listing tells it',
  },
  'page-num': {
    kind: 'text',
    group: 'Which',
    placeholder: 'N',
    summary: 'The bare call: print one page of DBS, from 0, with its envelope',
  },
  ...filterOptions,
  ...outputOptions,
  ...fieldOptions(taskFieldWords),
  ...linkOptions,
  'fail-if': { kind: 'text', group: 'Output', choices: ['any', 'none'], summary: 'Exit 10 when any task, or none, is printed' },
  ...verboseOption,
  ...dryRunOptions,
  ...commonOptions,
} as const

export type ListArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print every download task of a plan, each once, and prove that none is missing',
  usage: '(--plan ID… and/or --task ID… | --all-plans | --from FILE)',
  examples: [
    'backset list --plan dbs1hvb0wxxxxxx',
    "backset list --plan dbs1hvb0wxxxxxx --status failed --since 7d --query '[].errMessage'",
    'backset list --all-plans --region cn-hangzhou,cn-chengdu -o csv --out tasks.csv',
    'backset list --plan dbs1hvb0wxxxxxx --status finish -o id',
    'backset list --plan dbs1hvb0wxxxxxx --page-num 0 -o json',
    'backset list --from tasks.ndjson --status failed --sort -size',
    'backset list --plan dbs1hvb0wxxxxxx --dry-run=curl',
  ],
  actions: ['DescribeBackupSetDownloadTaskList', 'DescribeBackupPlanList'],
  options,
  async run(args, context) {
    const [{ inSession }, { listTasks }] = await Promise.all([import('../session.js'), import('../work/list.js')])
    return inSession(args, context, (session) => listTasks(args, session, context))
  },
})
