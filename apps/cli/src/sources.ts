import { InputError, samePlan, type BackupPlan, type DbsClient } from '@backset/core'
import type { Session } from './session.js'

/** One list to read: of a plan, of a task, or of a task within a plan, in a region. */
export interface Source {
  readonly client: DbsClient
  /** Put on its rows, where several regions are asked. */
  readonly region: string | undefined
  readonly backupPlanId?: string | undefined
  readonly backupSetDownloadTaskId?: string | undefined
}

export interface SourceArgs {
  readonly plan?: readonly string[] | undefined
  readonly task?: readonly string[] | undefined
  readonly 'all-plans'?: boolean | undefined
}

/**
 * What `--plan`, `--task` and `--all-plans` name. Many regions share a host, which answers for all of them: each host is asked once.
 * @throws InputError when nothing is named, or both some and all
 */
export async function openSources(
  { plan: plans = [], task: tasks = [], 'all-plans': allPlans = false }: SourceArgs,
  session: Session,
  { takesTasks = true }: { readonly takesTasks?: boolean } = {},
): Promise<readonly Source[]> {
  if (allPlans && plans.length + tasks.length > 0)
    throw new InputError('--all-plans goes with neither --plan nor --task.', { hint: 'Give one or the other.' })
  if (!allPlans && plans.length + tasks.length === 0) {
    throw new InputError(takesTasks ? 'Nothing is named to list.' : 'No plan is named.', {
      field: 'plan',
      hint: `Give --plan ID${takesTasks ? ', --task ID' : ''} or --all-plans; backset plans shows the plans.`,
    })
  }
  const { regions } = session
  const tagged = (region: string | undefined): string | undefined => (regions.length > 1 ? region : undefined)
  const sources: Source[] = []
  for (const region of regions) {
    const client = session.clientFor(region)
    const isKnown = (candidate: Source): boolean =>
      sources.some(
        (one) =>
          one.client.origin === client.origin &&
          samePlan(one.backupPlanId ?? '', candidate.backupPlanId ?? '') &&
          one.backupSetDownloadTaskId === candidate.backupSetDownloadTaskId,
      )
    const planIds = allPlans ? (await plansOf(client, region, session)).map(({ backupPlanId }) => backupPlanId) : plans
    for (const backupPlanId of planIds.length === 0 && !allPlans ? [undefined] : planIds) {
      for (const backupSetDownloadTaskId of tasks.length === 0 ? [undefined] : tasks) {
        const source = { client, region: tagged(region), backupPlanId, backupSetDownloadTaskId }
        if (!isKnown(source)) sources.push(source)
      }
    }
  }
  return sources
}

async function plansOf(client: DbsClient, region: string | undefined, { settings, signal }: Session): Promise<BackupPlan[]> {
  const { lookahead, verify, allowIncomplete } = settings
  return collect(client.listBackupPlans({ region }, { lookahead, verify, allowIncomplete, signal }))
}

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return all
}
