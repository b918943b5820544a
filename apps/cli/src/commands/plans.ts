import { defineCommand, type Args } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { planFieldWords } from '../options/field-words.js'
import { fieldOptions, outputOptions, verboseOption } from '../options/output.js'

const options = { ...outputOptions, ...fieldOptions(planFieldWords), ...verboseOption, ...dryRunOptions, ...commonOptions } as const

export type PlansArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print the backup plans of a region',
  examples: ['backset plans', 'backset plans --region cn-beijing,cn-chengdu -o csv', 'backset plans -o id'],
  options,
  run: async (args, context) => (await import('../work/plans.js')).printPlans(args, context),
})
