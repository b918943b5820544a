import { describeBackupSetDownloadTaskList, NotFoundError } from '@backset/core'
import { allAtOnce, taskRows } from '@backset/formats'
import type { Context } from '../command.js'
import type { GetArgs } from '../commands/get.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { openPrinter } from '../output/print-rows.js'
import { tellWho } from '../output/tell-who.js'
import { openSaved } from '../saved/open-saved.js'
import { refuseWithFrom } from '../saved/refuse-with-from.js'
import { onlyRegion, type Session } from '../session.js'

/** `backset get` */
export async function getTask(args: GetArgs, session: Session, context: Context): Promise<number> {
  const [taskId = ''] = args.words
  if (args.from !== undefined) return getSaved(args.from, args, session, context)
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

async function getSaved(from: string, args: GetArgs, session: Session, context: Context): Promise<number> {
  refuseWithFrom(args, ['dry-run'])
  const [taskId = ''] = args.words
  await using printer = await openPrinter({ kind: taskRows, args, session, context, single: true })
  const { signal } = session
  for await (const tasks of openSaved({ from, task: [taskId], limit: 1 }, { stdin: context.stdin, signal })) {
    await printer.print(allAtOnce(tasks))
    return 0
  }
  throw new NotFoundError(`The export holds no download task ${JSON.stringify(taskId)}.`, {
    hint: 'backset list --from FILE -o id shows those that it holds.',
  })
}
