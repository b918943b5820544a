import { defineCommand } from '../command.js'
import { askOptions, outputOptions } from '../options.js'

export default defineCommand({
  summary: 'Run the reports of a file now, or as if they were due at another time',
  usage: 'CONFIG',
  examples: [
    'backset-report run reports.yaml',
    'backset-report run reports.yaml --only weekly-downloads --due 2026-11-23T06:00',
    'backset-report run reports.yaml --dry-run',
  ],
  words: { min: 1, max: 1 },
  options: {
    only: { kind: 'list', placeholder: 'NAME', summary: 'Run this report alone' },
    due: { kind: 'text', placeholder: 'TIME', summary: 'When it was due, in the zone of the report', fallback: 'now' },
    'dry-run': { kind: 'switch', summary: 'Send and write nothing; say what would be done' },
    ...outputOptions,
    ...askOptions,
  },
  async run(args, context) {
    const { runReports } = await import('../work/run.js')
    return runReports(args, args, context)
  },
})
