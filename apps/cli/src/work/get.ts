import { describeBackupSetDownloadTaskList } from '@backset/core'
import { allAtOnce, taskRows } from '@backset/formats'
import type { Context } from '../command.js'
import type { GetArgs } from '../commands/get.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { openPrinter } from '../output/print-rows.js'
import { openSession } from '../session.js'

/** `backset get` */
export async function getTask(args: GetArgs, context: Context): Promise<number> {
  await using session = await openSession(args, context)
  const [taskId = ''] = args.words
  const [region] = session.regions
  if (args['dry-run'] !== undefined) {
    const input = { backupSetDownloadTaskId: taskId, pageSize: 30 as const }
    return await printDryRun(
      { operation: describeBackupSetDownloadTaskList, operationName: 'describeBackupSetDownloadTaskList', input, region },
      args,
      session,
      context,
    )
  }
  await using printer = await openPrinter({ kind: taskRows, args, session, context, single: true })
  await printer.print(allAtOnce([await session.clientFor(region).getDownloadTask(taskId, { signal: session.signal })]))
  return 0
}
