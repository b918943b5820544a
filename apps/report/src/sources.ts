import { samePlan, type BackupPlan, type DbsClient, type Proof } from '@backset/core'
import type { Report } from './config/report.js'

/** One list to read: of a plan, in a region, for a profile. */
export interface Source {
  readonly client: DbsClient
  readonly plan: string
  /** Put on its rows, where several regions are asked. */
  readonly region: string | undefined
  /** Put on its rows, where several profiles are used. */
  readonly profile: string | undefined
}

/** The lists of a report. */
export interface Sources extends AsyncDisposable {
  readonly all: readonly Source[]
  /** Lists of plans that could not be read, or not be proved; only with `allowIncomplete`. */
  readonly planLists: readonly PlanListReading[]
}

interface PlanListReading {
  readonly region: string | undefined
  readonly profile: string | undefined
  readonly proof: Proof | undefined
  readonly error: unknown
}

export interface OpenSources {
  readonly openClient: (place: { readonly region: string | undefined; readonly profile: string | undefined }) => DbsClient
  readonly signal: AbortSignal
}

/**
 * Plans × regions × profiles. Many regions share a host, which answers for all of them: for each profile it is asked once.
 * @throws DbsError when the plans cannot be listed, unless `allowIncomplete` leaves one list of several out
 */
export async function openSources(report: Report, { openClient, signal }: OpenSources): Promise<Sources> {
  const { plans, regions, profiles } = report
  const clients: DbsClient[] = []
  const all: Source[] = []
  const planLists: PlanListReading[] = []
  const close = async (): Promise<void> => void (await Promise.all(clients.map(async (client) => client.close())))
  try {
    for (const profile of profiles) {
      const known: Source[] = []
      for (const region of regions) {
        const client = openClient({ region, profile })
        clients.push(client)
        const tags = { region: regions.length > 1 ? region : undefined, profile: profiles.length > 1 ? profile : undefined }
        const list = plans === 'all' ? await plansOf(client, region, report, signal) : { ids: plans, proof: undefined, error: undefined }
        if (plans === 'all') planLists.push({ ...tags, proof: list.proof, error: list.error })
        for (const plan of list.ids) {
          const isKnown = known.some((one) => one.client.origin === client.origin && samePlan(one.plan, plan))
          if (!isKnown) known.push({ client, plan, ...tags })
        }
      }
      all.push(...known)
    }
    const [failed] = planLists.filter(({ error }) => error !== undefined)
    if (failed !== undefined && all.length === 0) throw failed.error
    return { all, planLists, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

async function plansOf(client: DbsClient, region: string | undefined, { settings, allowIncomplete }: Report, signal: AbortSignal) {
  const { lookahead, verify } = settings
  const listing = client.listBackupPlans({ region }, { lookahead, verify, allowIncomplete, signal })
  const ids: string[] = []
  try {
    for await (const { backupPlanId } of listing as AsyncIterable<BackupPlan>) ids.push(backupPlanId)
    return { ids, proof: listing.proof, error: undefined }
  } catch (error) {
    if (!allowIncomplete || signal.aborted) throw error
    return { ids, proof: listing.proof, error }
  }
}
