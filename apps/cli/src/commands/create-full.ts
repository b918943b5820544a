import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { createOptions, dataFormats } from '../options/create.js'

const options = {
  'backup-set': {
    kind: 'text',
    once: true,
    group: 'What',
    placeholder: 'ID',
    summary: 'Of this full backup; backset backups full shows them',
  },
  plan: { kind: 'text', once: true, group: 'What', placeholder: 'ID', needs: 'latest', summary: 'Of a backup of this plan' },
  latest: { kind: 'switch', group: 'What', needs: 'plan', summary: 'Of its newest backup that can be downloaded' },
  'data-format': { kind: 'text', group: 'What', choices: dataFormats, fallback: 'CSV', summary: 'Format of the data' },
  ...createOptions,
} as const

export type CreateFullArgs = Args<typeof options>

export default defineCommand({
  summary: 'Create a download task from a full backup',
  usage: '(--backup-set ID | --plan ID --latest)',
  examples: [
    'backset create full --plan dbs1hvb0wxxxxxx --latest --fetch backups',
    'backset create full --backup-set 1hxxxx8xxxxxa --data-format SQL --wait',
    'backset create full --backup-set 1hxxxx8xxxxxa --dry-run=curl',
  ],
  actions: ['CreateFullBackupSetDownload', 'DescribeBackupPlanList', 'DescribeFullBackupList', 'DescribeBackupSetDownloadTaskList'],
  options,
  async run(args, context) {
    const [{ inSession, lastWordMs }, { createFull }] = await Promise.all([import('../session.js'), import('../work/create-full.js')])
    return inSession(args, context, (session) => createFull(args, session, context), { lastWordMs })
  },
})
