import { describeBackupSetDownloadTaskList } from '@backset/core'
import { allAtOnce, taskRows } from '@backset/formats'
import type { Context } from '../command.js'
import type { GetArgs } from '../commands/get.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { openPrinter } from '../output/print-rows.js'
import { tellWho } from '../output/tell-who.js'
import { onlyRegion, type Session } from '../session.js'

/** `backset get` */
export async function getTask(args: GetArgs, session: Session, context: Context): Promise<number> {
  const [taskId = ''] = args.words
  const region = onlyRegion(session, 'get')
  if (args['dry-run'] !== undefined) {
    const input = { backupSetDownloadTaskId: taskId, pageSize: 30 as const }
    return printDryRun(
      { operation: describeBackupSetDownloadTaskList, operationName: 'describeBackupSetDownloadTaskList', input, region },
      args,
      session,
      context,
    )
  }
  await using printer = await openPrinter({ kind: taskRows, args, session, context, single: true })
  const client = session.clientFor(region)
  const task = await client.getDownloadTask(taskId, { signal: session.signal })
  await tellWho(client, session, args.verbose)
  await printer.print(allAtOnce([task]))
  return 0
}
