import { defineCommand } from '../command.js'
import { outputOptions } from '../options.js'

export default defineCommand({
  summary: 'Tell what happened to the tasks between two exports: created, changed, finished, failed, gone',
  usage: 'OLD NEW',
  examples: [
    'backset-report diff reports/audit-2026-11-16.csv reports/audit-2026-11-23.csv',
    'backset-report diff old.ndjson.gz new.json -o json',
  ],
  words: { min: 2, max: 2 },
  options: outputOptions,
  async run(args, context) {
    const { diff } = await import('../work/diff.js')
    return diff(args, context)
  },
})
