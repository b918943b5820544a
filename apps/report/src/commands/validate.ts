import { defineCommand } from '../command.js'

export default defineCommand({
  summary: 'Check a report file and tell every fault at once, with its line and column',
  usage: 'CONFIG',
  examples: ['backset-report validate reports.yaml', 'backset-report validate --schema > report.schema.json'],
  words: { min: 0, max: 1 },
  options: { schema: { kind: 'switch', summary: 'Print the JSON Schema of report files, for editors' } },
  async run(args, context) {
    const { validate } = await import('../work/validate.js')
    return validate(args, context)
  },
})
