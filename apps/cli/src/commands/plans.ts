import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { planFieldWords } from '../options/field-words.js'
import { fieldOptions, outputOptions, verboseOption } from '../options/output.js'

const options = { ...outputOptions, ...fieldOptions(planFieldWords), ...verboseOption, ...dryRunOptions, ...commonOptions } as const

export type PlansArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print the backup plans of a region',
  examples: ['backset plans', 'backset plans --region cn-beijing,cn-chengdu -o csv', 'backset plans -o id'],
  actions: ['DescribeBackupPlanList'],
  options,
  async run(args, context) {
    const [{ inSession }, { printPlans }] = await Promise.all([import('../session.js'), import('../work/plans.js')])
    return inSession(args, context, (session) => printPlans(args, session, context))
  },
})
