import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { outputOptions } from '../options/output.js'
import { commands } from './index.js'

const { output, out } = outputOptions

const options = { output: { ...output, choices: ['json', 'yaml'], fallback: 'json' }, out } as const

export type PolicyArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print the least RAM policy that lets the commands named run, or all of them',
  usage: '[COMMAND | ACTION]…',
  words: { min: 0, max: 100 },
  examples: ['backset policy list get', 'backset policy --out policy.json', 'backset policy list DescribeBackupGatewayList'],
  actions: [],
  options,
  async run(args, context) {
    return (await import('../work/policy.js')).printPolicy(args, commands, context)
  },
})
