import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { backupOptions } from '../options/backups.js'
import { incrementBackupFieldWords } from '../options/field-words.js'

const options = backupOptions(incrementBackupFieldWords)

export type BackupsIncrementArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print the increment backups of a plan: log files, and the jobs they belong to',
  usage: '--plan ID',
  examples: [
    'backset backups increment --plan dbs1hvb0wxxxxxx --sort -startTime --limit 20',
    'backset backups increment --plan dbs1hvb0wxxxxxx -o csv --columns job,id,status',
  ],
  actions: ['DescribeIncrementBackupList'],
  options,
  async run(args, context) {
    const [{ inSession }, { printIncrementBackups }] = await Promise.all([import('../session.js'), import('../work/backups.js')])
    return inSession(args, context, (session) => printIncrementBackups(args, session, context))
  },
})
