import { describeFullBackupList, describeIncrementBackupList, NotFoundError, type DbsClient, type ListPage } from '@backset/core'
import type { CreateBody } from './create-body.js'

/**
 * A create names no plan to DBS: whether the backup is the plan's own is looked up before.
 * @throws NotFoundError when the plan has no such backup
 */
export async function requireBackup(client: Pick<DbsClient, 'send'>, body: CreateBody): Promise<void> {
  const { backupPlanId } = body
  const plan = JSON.stringify(backupPlanId)
  if (body.kind === 'full') {
    const { backupSetId } = body
    const read = (pageNum: number) => client.send(describeFullBackupList, { backupPlanId, backupSetId, pageNum, pageSize })
    if (await isAmong(read, (set) => set.backupSetId === backupSetId)) return
    throw new NotFoundError(`The plan ${plan} has no full backup set ${JSON.stringify(backupSetId)}.`, { hint })
  }
  const { jobId, logFile } = body
  const read = (pageNum: number) => client.send(describeIncrementBackupList, { backupPlanId, pageNum, pageSize })
  if (await isAmong(read, (log) => log.backupSetId === logFile && log.backupSetJobId === jobId)) return
  throw new NotFoundError(`The plan ${plan} has no log file ${JSON.stringify(logFile)} of the job ${JSON.stringify(jobId)}.`, { hint })
}

const pageSize = 100
const hint = 'Take the ids from the backups of this very plan.'

async function isAmong<Row>(read: (pageNum: number) => Promise<ListPage<Row>>, isIt: (row: Row) => boolean): Promise<boolean> {
  for (let pageNum = 0; ; pageNum++) {
    const { items, totalPages = 0 } = await read(pageNum)
    if (items.some(isIt)) return true
    if (items.length === 0 || pageNum + 1 >= totalPages) return false
  }
}
