import { waypoints } from '@backset/core'
import type { Args } from '@backset/settings'
import { defineCommand } from '../command.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { taskFieldWords } from '../options/field-words.js'
import { fieldOptions, linkOptions, outputOptions, whoOption } from '../options/output.js'
import { waitOptions } from '../options/wait.js'

const options = {
  until: { kind: 'text', group: 'Waiting', choices: waypoints, fallback: 'finish', summary: 'How far: reached or passed' },
  ...waitOptions,
  ...outputOptions,
  ...fieldOptions(taskFieldWords),
  ...linkOptions,
  ...whoOption,
  ...dryRunOptions,
  ...commonOptions,
} as const

export type WaitArgs = Args<typeof options>

export default defineCommand({
  summary: 'Wait until download tasks have finished or failed, and print them',
  usage: 'TASK_ID…',
  words: { min: 1, max: 1000 },
  examples: [
    'backset wait urxgrxt7xxxx',
    'backset wait urxgrxt7xxxx --until running --timeout 10m --interval 5s',
    'backset wait urxgrxt7xxxx -o json --columns id,status,error',
  ],
  actions: ['DescribeBackupSetDownloadTaskList'],
  options,
  async run(args, context) {
    const [{ inSession, lastWordMs }, { waitForThem }] = await Promise.all([import('../session.js'), import('../work/wait.js')])
    return inSession(args, context, (session) => waitForThem(args, session, context), { lastWordMs })
  },
})
