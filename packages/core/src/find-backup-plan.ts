import type { DbsClient } from './client.js'
import { DbsError } from './errors/dbs-error.js'
import { samePlan, type BackupPlan } from './schemas/backup-plan.js'

export interface FindBackupPlanOptions {
  /** @default that of the client */
  readonly region?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * A plan by its id. It tells a plan without tasks from one that is not there, for which DBS lists nothing either.
 * @returns undefined when DBS does not know it
 * @throws DbsError when DBS cannot be asked, or will not tell
 */
export async function findBackupPlan(
  client: Pick<DbsClient, 'listBackupPlans'>,
  backupPlanId: string,
  { region, signal }: FindBackupPlanOptions = {},
): Promise<BackupPlan | undefined> {
  try {
    for await (const plan of client.listBackupPlans({ region, backupPlanId }, { limit: 1, signal }))
      if (samePlan(plan.backupPlanId, backupPlanId)) return plan
  } catch (error) {
    if (!(error instanceof DbsError) || error.code !== 'not-found') throw error
  }
  return undefined
}
