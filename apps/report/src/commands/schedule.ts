import { defineCommand } from '../command.js'
import { askOptions } from '../options.js'

export default defineCommand({
  summary: 'Stay, and run each report when its cron line is due',
  usage: 'CONFIG',
  examples: ['backset-report schedule reports.yaml', 'backset-report schedule reports.yaml --health 9090'],
  words: { min: 1, max: 1 },
  options: {
    health: { kind: 'text', placeholder: 'PORT', summary: 'Answer /livez and /readyz here: PORT on loopback, or HOST:PORT' },
    ...askOptions,
  },
  async run(args, context) {
    const { keepReports } = await import('../work/schedule.js')
    return keepReports(args, args, context)
  },
})
