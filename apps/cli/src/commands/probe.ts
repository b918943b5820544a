import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { outputOptions } from '../options/output.js'

const { output, query, out } = outputOptions

const options = {
  plan: { kind: 'text', group: 'Which', placeholder: 'ID', summary: 'Look at this plan; else at the first that has tasks' },
  force: { kind: 'switch', group: 'Which', summary: 'Replace a probe.json that is there already' },
  output,
  query,
  out,
  ...dryRunOptions,
  'dry-run': {
    ...dryRunOptions['dry-run'],
    summary: 'Print the list of requests, or the first one as a curl line or as TypeScript, and send nothing',
  },
  ...commonOptions,
} as const

export type ProbeArgs = Args<typeof options>

export default defineCommand({
  summary: 'Measure with at most 20 reads how DBS answers where no document says, and write probe.json into this folder',
  examples: ['backset probe --dry-run', 'backset probe --plan dbs1hvb0wxxxxxx', 'backset probe --force -o json'],
  actions: ['DescribeBackupPlanList', 'DescribeBackupSetDownloadTaskList'],
  options,
  async run(args, context) {
    const [{ inSession }, { runProbe }, { maxAttempts }] = await Promise.all([
      import('../session.js'),
      import('../work/probe.js'),
      import('../probe/open-asker.js'),
    ])
    // More attempts would break the promise of 20 requests.
    const attempts = args['max-attempts'] === '1' ? '1' : String(maxAttempts)
    return inSession({ ...args, 'max-attempts': attempts }, context, (session) => runProbe(args, session, context))
  },
})
