import { describeBackupPlanList, describeBackupSetDownloadTaskList } from '@backset/core'
import type { Context } from '../command.js'
import type { Session } from '../session.js'
import { openSources, type SourceArgs } from '../sources.js'
import { printDryRun, type DryRunArgs } from './print-dry-run.js'

/** Prints the first request of a command that reads lists of tasks: of the plans where all are meant, else of the first list. */
export async function printListRequest(
  args: SourceArgs & DryRunArgs,
  pageNum: number,
  session: Session,
  context: Context,
): Promise<number> {
  const [region] = session.regions
  if (args['all-plans'] === true) {
    const input = { region, pageNum: 0, pageSize: 100 }
    const first = { operation: describeBackupPlanList, operationName: 'describeBackupPlanList', input, region }
    return printDryRun(first, args, session, context)
  }
  const [source] = await openSources(args, session)
  const { backupPlanId, backupSetDownloadTaskId } = source ?? {}
  const input = { backupPlanId, backupSetDownloadTaskId, pageNum, pageSize: session.settings.pageSize }
  const first = { operation: describeBackupSetDownloadTaskList, operationName: 'describeBackupSetDownloadTaskList', input, region }
  return printDryRun(first, args, session, context)
}
