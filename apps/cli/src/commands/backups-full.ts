import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { backupOptions } from '../options/backups.js'
import { fullBackupFieldWords } from '../options/field-words.js'

const options = backupOptions(fullBackupFieldWords)

export type BackupsFullArgs = Args<typeof options>

export default defineCommand({
  summary: 'Print the full backups of a plan',
  usage: '--plan ID',
  examples: [
    'backset backups full --plan dbs1hvb0wxxxxxx',
    'backset backups full --plan dbs1hvb0wxxxxxx --sort -finishTime --limit 1 -o id',
  ],
  actions: ['DescribeFullBackupList'],
  options,
  async run(args, context) {
    const [{ inSession }, { printFullBackups }] = await Promise.all([import('../session.js'), import('../work/backups.js')])
    return inSession(args, context, (session) => printFullBackups(args, session, context))
  },
})
