import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { regionFieldWords } from '../options/field-words.js'
import { fieldOptions, outputOptions, whoOption } from '../options/output.js'

const options = { ...outputOptions, ...fieldOptions(regionFieldWords), ...whoOption, ...dryRunOptions, ...commonOptions } as const

export type RegionsArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print the regions DBS serves, and the host of each that is known here',
  examples: ['backset regions', 'backset regions -o id', 'backset regions -o json'],
  actions: ['DescribeRegions'],
  options,
  async run(args, context) {
    const [{ inSession }, { printRegions }] = await Promise.all([import('../session.js'), import('../work/regions.js')])
    return inSession(args, context, (session) => printRegions(args, session, context))
  },
})
