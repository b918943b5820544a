import { defineCommand } from '../command.js'
import { outputOptions } from '../options.js'

export default defineCommand({
  summary: 'Print every run of the reports of a file, the newest last: ok, failed, skipped, missed, abandoned',
  usage: 'CONFIG',
  examples: ['backset-report history reports.yaml', 'backset-report history reports.yaml --only weekly-downloads -o json'],
  words: { min: 1, max: 1 },
  options: {
    only: { kind: 'list', placeholder: 'NAME', summary: 'Runs of this report alone' },
    ...outputOptions,
  },
  async run(args, context) {
    const { history } = await import('../work/history.js')
    return history(args, context)
  },
})
