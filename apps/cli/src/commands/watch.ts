import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { taskFieldWords } from '../options/field-words.js'
import { filterOptions } from '../options/filters.js'
import { fromOption } from '../options/from.js'
import { fieldOptions, linkOptions } from '../options/output.js'
import { watchOptions } from '../options/watch.js'

const { interval, output, sort, limit, verbose } = watchOptions
const fields = fieldOptions(taskFieldWords)

const options = {
  plan: { kind: 'list', group: 'Which', placeholder: 'ID', summary: 'Tasks of this plan' },
  'all-plans': { kind: 'switch', group: 'Which', summary: 'Tasks of every plan that the region has when it starts' },
  ...fromOption,
  interval,
  ...filterOptions,
  output,
  columns: fields.columns,
  sort: { ...sort, suggestions: fields.sort.suggestions },
  limit,
  ...linkOptions,
  verbose,
  ...dryRunOptions,
  ...commonOptions,
} as const

export type WatchArgs = Args<typeof options>

export default defineCommand({
  summary: 'Show the tasks of a plan as they change: a live table, or a line of JSON for each event',
  usage: '(--plan ID… | --all-plans | --from FILE)',
  examples: [
    'backset watch --plan dbs1hvb0wxxxxxx',
    'backset watch --all-plans --status active,failed --interval 30s',
    'backset watch --plan dbs1hvb0wxxxxxx -o ndjson >> changes.ndjson',
    'backset watch --plan dbs1hvb0wxxxxxx --timeout 2h',
    'backset watch --from tasks.ndjson',
  ],
  actions: ['DescribeBackupSetDownloadTaskList', 'DescribeBackupPlanList'],
  options,
  async run(args, context) {
    const [{ inSession }, { watchTasks }] = await Promise.all([import('../session.js'), import('../work/watch.js')])
    return inSession(args, context, (session) => watchTasks(args, session, context))
  },
})
