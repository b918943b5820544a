import { describeBackupSetDownloadTaskList } from '@backset/core'
import { allAtOnce, taskRows } from '@backset/formats'
import { defineCommand } from '../command.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { linkOptions, outputOptions } from '../options/output.js'
import { openPrinter } from '../output/print-rows.js'
import { openSession } from '../session.js'

const { output, columns, query, out, formulas } = outputOptions

export default defineCommand({
  summary: 'Print one download task',
  usage: 'TASK_ID',
  words: { min: 1, max: 1 },
  examples: [
    'backset get urxgrxt7xxxx',
    'backset get urxgrxt7xxxx -o json --query backupSetDownloadStatus',
    'backset get urxgrxt7xxxx -o yaml --show-links',
  ],
  options: { output, columns, query, out, formulas, ...linkOptions, ...dryRunOptions, ...commonOptions },
  async run(args, context) {
    await using session = await openSession(args, context)
    const [taskId = ''] = args.words
    const [region] = session.regions
    if (args['dry-run'] !== undefined) {
      const input = { backupSetDownloadTaskId: taskId, pageSize: 30 as const }
      return printDryRun(
        { operation: describeBackupSetDownloadTaskList, operationName: 'describeBackupSetDownloadTaskList', input, region },
        args,
        session,
        context,
      )
    }
    const print = await openPrinter({ kind: taskRows, args, session, context, single: true })
    await print(allAtOnce([await session.clientFor(region).getDownloadTask(taskId, { signal: session.signal })]))
    return 0
  },
})
