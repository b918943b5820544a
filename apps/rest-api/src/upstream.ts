import {
  DbsClient,
  DbsError,
  findBackupPlan,
  InputError,
  nearestName,
  type DbsClientOptions,
  type DownloadTask,
  type Listing,
  type ListOptions,
} from '@backset/core'
import { noSuchPlan } from './no-such.js'
import type { Source } from './snapshots/source.js'

export interface UpstreamOptions {
  /** Regions to serve, the first unless a request names another; undefined stands for an endpoint that needs none. */
  readonly regions: readonly (string | undefined)[]
  /** How a client for a region asks. */
  readonly client: (region: string | undefined) => DbsClientOptions
  /** How lists are read. */
  readonly list?: Pick<ListOptions<DownloadTask>, 'lookahead' | 'verify'> & { readonly pageSize?: 30 | 50 | 100 }
}

/** DBS as the server asks it: a client a region, kept open. */
export class Upstream implements AsyncDisposable {
  readonly regions: readonly (string | undefined)[]
  readonly #list: NonNullable<UpstreamOptions['list']>
  readonly #clients: ReadonlyMap<string | undefined, DbsClient>

  constructor({ regions, client, list = {} }: UpstreamOptions) {
    this.regions = regions
    this.#list = list
    this.#clients = new Map(regions.map((region) => [region, new DbsClient(client(region))]))
  }

  /**
   * The region a request means.
   * @throws InputError when the server does not serve it
   */
  regionNamed(name: string | undefined): string | undefined {
    if (name === undefined || this.#clients.has(name)) return name ?? this.regions[0]
    const served = this.regions.filter((region) => region !== undefined)
    const nearest = nearestName(name, served)
    throw new InputError(`This server does not serve the region ${JSON.stringify(name)}.`, {
      field: 'region',
      hint: served.length === 0 ? 'Leave it out.' : nearest === undefined ? `It serves ${served.join(', ')}.` : `Did you mean ${nearest}?`,
    })
  }

  clientFor(region: string | undefined): DbsClient {
    const client = this.#clients.get(region)
    if (client === undefined) throw new DbsError('internal', `No client was opened for ${region ?? 'the endpoint'}.`)
    return client
  }

  /** The download tasks of a source, links and all. */
  listTasks({ region, ...query }: Source, options: ListOptions<DownloadTask>): Listing<DownloadTask> {
    const { pageSize, ...how } = this.#list
    return this.clientFor(region).listDownloadTasks({ ...query, pageSize }, { ...how, ...options })
  }

  /**
   * Tells a plan without tasks from one that is not there: DBS lists nothing for either.
   * @throws NotFoundError when DBS does not know the plan, or whatever it says then
   */
  async confirmPlan({ region, backupPlanId, backupSetDownloadTaskId }: Source, signal: AbortSignal): Promise<void> {
    if (backupPlanId === undefined || backupSetDownloadTaskId !== undefined) return
    const plan = await findBackupPlan(this.clientFor(region), backupPlanId, { region, signal })
    if (plan === undefined) throw noSuchPlan(backupPlanId)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()))
  }
}
