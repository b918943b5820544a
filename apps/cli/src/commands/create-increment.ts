import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { createOptions, dataFormats } from '../options/create.js'

const options = {
  job: {
    kind: 'text',
    once: true,
    group: 'What',
    placeholder: 'ID',
    summary: 'Increment job; backset backups increment shows them, with their log files',
  },
  'log-file': { kind: 'text', once: true, group: 'What', placeholder: 'NAME', summary: 'Log file of the job, as mysql-bin.000054' },
  'data-format': { kind: 'text', group: 'What', choices: dataFormats, fallback: 'Native', summary: 'Format of the data' },
  ...createOptions,
} as const

export type CreateIncrementArgs = Args<typeof options>

export default defineCommand({
  summary: 'Create a download task from an increment backup: one log file',
  usage: '--job ID --log-file NAME',
  examples: [
    'backset create increment --job 1jxxxx4xxxxxq --log-file mysql-bin.000054 --fetch backups',
    'backset create increment --job 1jxxxx4xxxxxq --log-file mysql-bin.000054 --client-token nightly-54',
  ],
  actions: ['CreateIncrementBackupSetDownload', 'DescribeBackupSetDownloadTaskList'],
  options,
  async run(args, context) {
    const [{ inSession, lastWordMs }, { createIncrement }] = await Promise.all([
      import('../session.js'),
      import('../work/create-increment.js'),
    ])
    return inSession(args, context, (session) => createIncrement(args, session, context), { lastWordMs })
  },
})
