import { NotFoundError, samePlan, type BackupPlan, type FullBackup } from '@backset/core'
import type { Context } from '../command.js'
import type { Session } from '../session.js'

/** The one page that shows a plan. */
export const planQuestion = (backupPlanId: string, region: string | undefined) => ({ region, backupPlanId, pageNum: 0, pageSize: 100 })

/**
 * The newest full backup of a plan that can be downloaded: it is done, is not expired, and lies in DBS's own storage.
 * @throws NotFoundError
 */
export async function latestBackup(
  backupPlanId: string,
  region: string | undefined,
  { clientFor, settings, signal }: Session,
  { clock }: Pick<Context, 'clock'>,
): Promise<string> {
  const client = clientFor(region)
  const { lookahead, verify, allowIncomplete } = settings
  for await (const plan of client.listBackupPlans({ region, backupPlanId }, { allowIncomplete: true, signal }))
    if (samePlan(plan.backupPlanId, backupPlanId)) checkStorage(plan)
  let newest: FullBackup | undefined
  let all = 0
  for await (const backup of client.listFullBackups({ backupPlanId }, { lookahead, verify, allowIncomplete, signal })) {
    all++
    if (canBeDownloaded(backup, clock.now()) && (newest === undefined || momentOf(backup) > momentOf(newest))) newest = backup
  }
  if (newest !== undefined) return newest.backupSetId
  throw new NotFoundError(
    `Plan ${JSON.stringify(backupPlanId)} has no full backup that can be downloaded: of ${all}, none is done and kept.`,
    {
      hint: 'backset backups full --plan ID shows them; backset plans shows the plans.',
    },
  )
}

/** The vendor's pages: backups in a bucket of one's own cannot be downloaded. Its storage type is `system` where they lie in DBS's own. */
function checkStorage({ backupPlanId, backupStorageType, ossBucketName }: BackupPlan): void {
  if (backupStorageType === 'system' || (backupStorageType === undefined && ossBucketName === undefined)) return
  throw new NotFoundError(
    `The backups of plan ${JSON.stringify(backupPlanId)} lie in a bucket of your own: DBS makes no downloads of them.`,
    {
      hint: 'Take them from the bucket.',
    },
  )
}

/** The storage method is UNKNOWN while a backup is not done. */
const canBeDownloaded = ({ backupStatus, storageMethod, backupSetExpiredTime }: FullBackup, now: number): boolean =>
  backupStatus === 'finish' && storageMethod !== 'UNKNOWN' && (backupSetExpiredTime === undefined || Date.parse(backupSetExpiredTime) > now)

const momentOf = ({ endTime, finishTime, startTime, createTime }: FullBackup): number =>
  Date.parse(endTime ?? finishTime ?? startTime ?? createTime ?? '') || 0
