import { createFullBackupSetDownload, describeBackupPlanList, InputError } from '@backset/core'
import type { Context } from '../command.js'
import type { CreateFullArgs } from '../commands/create-full.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import type { DataFormat } from '../options/create.js'
import { onlyRegion, type Session } from '../session.js'
import { createTask } from './create-task.js'
import { latestBackup, planQuestion } from './latest-backup.js'

/** `backset create full` */
export async function createFull(args: CreateFullArgs, session: Session, context: Context): Promise<number> {
  const region = onlyRegion(session, 'create full')
  const { plan, 'backup-set': backupSet } = args
  if ((plan === undefined) === (backupSet === undefined)) {
    throw new InputError('backset create full needs one full backup.', {
      field: 'backup-set',
      hint: 'Give --backup-set ID, or --plan ID --latest; backset backups full --plan ID shows them.',
    })
  }
  if (backupSet === undefined && plan !== undefined && args['dry-run'] !== undefined) {
    const input = planQuestion(plan, region)
    return printDryRun(
      { operation: describeBackupPlanList, operationName: 'describeBackupPlanList', input, region },
      args,
      session,
      context,
    )
  }
  const creation = {
    operation: createFullBackupSetDownload,
    operationName: 'createFullBackupSetDownload',
    region,
    inputOf: async (clientToken: string) => ({
      backupSetId: backupSet ?? (await latestBackup(plan ?? '', region, session, context)),
      dataFormat: args['data-format'] as DataFormat | undefined, // the parser has judged the word
      clientToken,
    }),
  }
  return createTask(creation, args, session, context)
}
