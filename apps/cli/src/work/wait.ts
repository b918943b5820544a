import { describeBackupSetDownloadTaskList, type Waypoint } from '@backset/core'
import { allAtOnce, taskRows } from '@backset/formats'
import type { Context } from '../command.js'
import type { WaitArgs } from '../commands/wait.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { readDuration } from '../options/read-duration.js'
import { wholeNumber } from '../options/read-number.js'
import { openLiveLines } from '../output/live-lines.js'
import { openPrinter } from '../output/print-rows.js'
import { tellFailures } from '../output/tell-failures.js'
import { tellWho } from '../output/tell-who.js'
import { onlyRegion, type Session } from '../session.js'
import { idsIn } from './read-ids.js'
import { waitForTasks } from './wait-for-tasks.js'

/** `backset wait` */
export async function waitForThem(args: WaitArgs, session: Session, context: Context): Promise<number> {
  const region = onlyRegion(session, 'wait')
  const taskIds = idsIn(args.words)
  const interval = readDuration(args.interval, 'interval')
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  if (args['dry-run'] !== undefined) {
    const input = { backupSetDownloadTaskId: taskIds[0], pageSize: 30 as const }
    return printDryRun(
      { operation: describeBackupSetDownloadTaskList, operationName: 'describeBackupSetDownloadTaskList', input, region },
      args,
      session,
      context,
    )
  }
  await using printer = await openPrinter({ kind: taskRows, args, session, context, limit })
  const client = session.clientFor(region)
  // The parser has judged the word.
  const until = args.until as Waypoint | undefined
  const { timeout } = session.settings
  const waited = await waitForTasks(taskIds, { client, until, interval, timeout, lines: openLiveLines(context.stderr) }, session, context)
  await tellWho(client, session, args.verbose)
  const tasks = waited.flatMap(({ task }) => (task === undefined ? [] : [task]))
  const errors = waited.flatMap(({ error }) => (error === undefined ? [] : [error]))
  if (tasks.length > 0) await printer.print(allAtOnce(args.sort === undefined ? tasks.slice(0, limit) : tasks))
  return tellFailures(errors, session)
}
