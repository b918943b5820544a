import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { outputOptions } from '../options/output.js'

const { output, query, out } = outputOptions

const options = {
  plan: { kind: 'text', group: 'Which', placeholder: 'ID', summary: 'Ask about this plan; for keys that may not list plans' },
  output,
  columns: { ...outputOptions.columns, suggestions: ['check', 'result', 'detail', 'hint', 'ms'] },
  query,
  out,
  ...dryRunOptions,
  ...commonOptions,
} as const

export type DoctorArgs = Args<typeof options>

export default defineCommand({
  summary: 'Check what stands between this machine and DBS: settings, keys, host, proxy, DNS, TLS, clock, permission, pages',
  examples: ['backset doctor', 'backset doctor --plan dbs1hvb0wxxxxxx', `backset doctor -o json --query "[?result!='ok'].[check,hint]"`],
  actions: ['DescribeBackupPlanList', 'DescribeBackupSetDownloadTaskList'],
  options,
  async run(args, context) {
    return (await import('../work/doctor.js')).runDoctor(args, context)
  },
})
