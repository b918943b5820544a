import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { linkOptions, outputOptions, whoOption } from '../options/output.js'

const { output, query, out } = outputOptions

const options = {
  param: {
    kind: 'list',
    whole: true,
    group: 'What',
    placeholder: 'NAME=VALUE',
    summary: 'A parameter, as DBS names it; repeat it for more',
  },
  yes: { kind: 'switch', group: 'What', summary: 'Send an action that changes, ends or costs something' },
  output: { ...output, choices: ['json', 'yaml'], fallback: 'json' },
  query,
  out,
  ...linkOptions,
  ...whoOption,
  ...dryRunOptions,
  ...commonOptions,
} as const

export type CallArgs = Args<typeof options>

export default defineCommand({
  summary: 'Call any action of DBS 2019-03-06, signed, and print its answer as it came',
  usage: 'ACTION',
  words: { min: 1, max: 1 },
  examples: [
    'backset call DescribeRegions',
    "backset call DescribeBackupPlanList --param PageSize=1 --query 'Items.BackupPlanDetail[].BackupPlanName'",
    'backset call DescribeBackupSetDownloadTaskList --param BackupPlanId=dbs1hvb0wxxxxxx --param PageNum=0 -o yaml',
    'backset call StopBackupPlan --param BackupPlanId=dbs1hvb0wxxxxxx --yes --dry-run',
  ],
  actions: [], // which, is said on its command line
  options,
  async run(args, context) {
    const [{ inSession }, { callAction }] = await Promise.all([import('../session.js'), import('../work/call.js')])
    return inSession(args, context, (session) => callAction(args, session, context))
  },
})
