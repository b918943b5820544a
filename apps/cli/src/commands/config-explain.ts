import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { fieldOptions, outputOptions } from '../options/output.js'

const options = { ...outputOptions, ...fieldOptions(['setting', 'value', 'source', 'variable', 'flag']), ...commonOptions } as const

export type ConfigExplainArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print every setting, its value, and what set it: a flag, a variable, the settings file or the default',
  examples: [
    'backset config explain',
    `backset config explain -o json --query "[?source!='default']"`,
    'backset config explain --page-size 30 --columns setting,value,source',
  ],
  actions: [],
  options,
  async run(args, context) {
    return (await import('../work/config-explain.js')).explainConfig(args, context)
  },
})
