import type { Dispatcher } from 'undici'
import { processEnv, systemHomeDir, systemNonce, systemRandom } from './client-defaults.js'
import { checkOptions } from './check-options.js'
import { clientOptionDomains, type DbsClientOptions } from './client-options.js'
import {
  backupPlanList,
  downloadTaskList,
  fullBackupList,
  incrementBackupList,
  openList,
  type Ask,
  type ClientList,
} from './client-lists.js'
import {
  planQueryDomains,
  type BackupPlanQuery,
  type DownloadTaskQuery,
  type FullBackupQuery,
  type IncrementBackupQuery,
} from './client-queries.js'
import { systemClock, type Clock } from './clock.js'
import { openCredentials } from './credentials/open-credentials.js'
import type { Credentials, CredentialsProvider } from './credentials/credentials.js'
import { parseDuration } from './duration.js'
import { resolveEndpoint } from './endpoints.js'
import { DbsError } from './errors/dbs-error.js'
import { NotFoundError } from './errors/not-found-error.js'
import { TimedOutError } from './errors/timed-out-error.js'
import { describeBackupSetDownloadTaskList } from './operations/describe-backup-set-download-task-list.js'
import { checkInput } from './operations/fields.js'
import { outputOf } from './output-of.js'
import type { Operation, WireParameters } from './operations/operation.js'
import type { Listing, ListOptions } from './paging/listing.js'
import type { FullBackup, IncrementBackup } from './schemas/backup.js'
import type { BackupPlan } from './schemas/backup-plan.js'
import type { DownloadTask } from './schemas/download-task.js'
import { openCaller } from './transport/call.js'
import { callOptionDomains, type Answer, type Caller, type CallOptions } from './transport/caller.js'
import { startDeadline, type Deadline } from './transport/deadline.js'
import { openDispatcher } from './transport/dispatcher.js'
import { AdaptivePace } from './transport/limiter.js'
import { signedRequest, type RequestPlan, type SignedRequest } from './transport/signed-request.js'
import { waitForTask, waitOptionDomains, type WaitForTaskOptions, type WaitParts } from './waiting/wait-for-task.js'
import { waitForTasks, type WaitedTask, type WaitForTasksOptions } from './waiting/wait-for-tasks.js'

const version = '2019-03-06'

/**
 * A client of Alibaba Cloud Database Backup (DBS, 2019-03-06). It keeps connections alive: close it when you are done.
 *
 * @example
 * await using client = new DbsClient({ region: 'cn-hangzhou' })
 * for await (const task of client.listDownloadTasks({ backupPlanId })) console.log(task.backupSetDownloadTaskId, task.state)
 */
export class DbsClient implements AsyncDisposable {
  readonly #options: DbsClientOptions
  readonly #clock: Clock
  readonly #nonce: () => string
  readonly #random: () => number
  readonly #credentials: CredentialsProvider
  readonly #dispatcher: Dispatcher
  readonly #caller: Caller
  readonly #closing = new AbortController()
  readonly #deadline: Deadline
  readonly #timedOut: () => DbsError

  /** @throws InputError for an option that cannot be meant; nothing is sent and no key is looked up before the first call */
  constructor(options: DbsClientOptions = {}) {
    checkOptions('DbsClient', options, clientOptionDomains)
    const {
      clock = systemClock,
      nonce = systemNonce,
      random = systemRandom,
      env = processEnv(),
      homeDir = systemHomeDir(),
      profile,
    } = options
    this.#options = {
      ...options,
      region: options.region ?? env['ALIBABA_CLOUD_REGION_ID'],
      endpoint: options.endpoint ?? env['BACKSET_ENDPOINT'],
    }
    this.#clock = clock
    this.#nonce = nonce
    this.#random = random
    this.#credentials = openCredentials(options.credentials, { env, homeDir, clock, profile })
    this.#dispatcher = options.dispatcher ?? openDispatcher(env)
    const timeoutMs = options.timeout === undefined ? undefined : parseDuration(options.timeout, 'timeout')
    this.#timedOut = () => new TimedOutError(timeoutMs ?? 0)
    this.#deadline = startDeadline(clock, timeoutMs, this.#timedOut, this.#closing.signal)
    this.#caller = openCaller({
      dispatcher: this.#dispatcher,
      planFor: this.#planFor,
      credentials: this.#credentials,
      pace: options.pace ?? new AdaptivePace(clock),
      clock,
      nonce,
      random,
      maxAttempts: options.maxAttempts ?? 5,
      requestTimeoutMs: parseDuration(options.requestTimeout ?? '60s', 'requestTimeout'),
      attemptTimeoutMs: parseDuration(options.attemptTimeout ?? '10s', 'attemptTimeout'),
      maxInFlight: options.maxInFlight ?? 64,
    })
  }

  /** Scheme and host that are asked; regions that share one have the same. */
  get origin(): string {
    return this.#planFor(undefined).endpoint.origin
  }

  /** Where the keys come from, in words; nothing secret. */
  get credentialsSource(): string {
    return this.#credentials.source
  }

  /**
   * Calls one operation and gives every field of its answer.
   * @throws InputError before anything is sent, when the input is outside the operation's domain; DbsError by its code after
   * @example const page = await client.send(describeBackupSetDownloadTaskList, { backupPlanId, pageNum: 0, pageSize: 30 })
   */
  async send<Input, Output>(operation: Operation<Input, Output>, input: Input, options: CallOptions = {}): Promise<Output> {
    checkOptions('A call', options, callOptionDomains)
    return outputOf(operation, await this.#callOperation(operation, input, options))
  }

  /**
   * Calls any action of the API by name, untyped and exact: numbers that JavaScript would round come as text. Only `Describe*` is tried again after a
   * failure.
   */
  async call(action: string, parameters: WireParameters = {}, options: CallOptions = {}): Promise<unknown> {
    checkOptions('A call', options, callOptionDomains)
    const safety = action.startsWith('Describe') ? 'read' : 'unsafe'
    return (await this.#bounded(options, (bounded) => this.#caller.call({ action, version, parameters, safety }, bounded))).body
  }

  /**
   * Every download task of a plan (or one by its id), each exactly once, in the service's order; what is found later comes after it. Read it once.
   * @throws InputError when neither id is given
   */
  listDownloadTasks(query: DownloadTaskQuery, options: ListOptions<DownloadTask> = {}): Listing<DownloadTask> {
    return this.#list(downloadTaskList, query, options)
  }

  /** Every backup plan of a region. */
  listBackupPlans(query: BackupPlanQuery = {}, options: ListOptions<BackupPlan> = {}): Listing<BackupPlan> {
    checkOptions('listBackupPlans', query, planQueryDomains) // before it is taken apart
    return this.#list(backupPlanList, { ...query, region: query.region ?? this.#options.region }, options)
  }

  /** Every full backup set of a plan, those that are under way and those that failed among them. */
  listFullBackups(query: FullBackupQuery, options: ListOptions<FullBackup> = {}): Listing<FullBackup> {
    return this.#list(fullBackupList, query, options)
  }

  /** Every increment backup of a plan: the log files of its jobs. */
  listIncrementBackups(query: IncrementBackupQuery, options: ListOptions<IncrementBackup> = {}): Listing<IncrementBackup> {
    return this.#list(incrementBackupList, query, options)
  }

  /** @throws NotFoundError when DBS shows no task of that id */
  async getDownloadTask(taskId: string, options: CallOptions = {}): Promise<DownloadTask> {
    const task = await this.#findDownloadTask(taskId, options)
    if (task !== undefined) return task
    throw new NotFoundError(`There is no download task ${JSON.stringify(taskId)}.`, {
      hint: 'backset list --plan ID shows the tasks of a plan; a task just created may be missing for a minute.',
    })
  }

  /**
   * Asks for a task until it has come as far as `until`, or ended.
   * @throws TaskFailedError at once when it failed, WaitTimeoutError when time is out, NotFoundError when it does not appear within 60 s
   */
  async waitForDownloadTask(taskId: string, options: WaitForTaskOptions = {}): Promise<DownloadTask> {
    checkOptions('waitForDownloadTask', options, waitOptionDomains)
    return this.#bounded(options, ({ signal }) => waitForTask(this.#waitParts, taskId, { ...options, signal }))
  }

  /**
   * Waits for several tasks at once until each has ended or time is out, and gives all of them, each with its last look and what went wrong with it.
   * @throws DbsError for what concerns them all, as a missing permission
   */
  async waitForDownloadTasks(taskIds: readonly string[], options: WaitForTasksOptions = {}): Promise<readonly WaitedTask[]> {
    checkOptions('waitForDownloadTasks', options, waitOptionDomains)
    return this.#bounded(options, ({ signal }) => waitForTasks(this.#waitParts, taskIds, { ...options, signal }))
  }

  /**
   * What the first attempt of a call would send, with the texts that are signed; nothing is sent and no key is looked up.
   * @param credentials what to sign with
   */
  prepare<Input>(operation: Operation<Input, unknown>, input: Input, credentials: Credentials): SignedRequest {
    return this.prepareCall(operation.action, checkInput(operation.action, operation.input, input), credentials)
  }

  /** The same for an action by name, as `call` sends it. */
  prepareCall(action: string, parameters: WireParameters, credentials: Credentials): SignedRequest {
    const regionId = parameters['RegionId']
    const moment = { credentials, date: new Date(this.#clock.now()), nonce: this.#nonce() }
    const plan = this.#planFor(regionId === undefined ? undefined : String(regionId))
    return signedRequest({ action, version, parameters, safety: 'unsafe' }, plan, moment)
  }

  /** Ends what is under way, with the code `aborted`, and closes the connections; what is asked later ends the same way, unsent. */
  async close(): Promise<void> {
    this.#closing.abort(clientClosed())
    this.#deadline[Symbol.dispose]()
    if (this.#options.dispatcher === undefined) await this.#dispatcher.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** Keys never show, whoever prints the client. */
  toJSON(): object {
    const { region, endpoint, signature = 'v3' } = this.#options
    return { name: 'DbsClient', region, endpoint, signature, credentials: this.#credentials.source }
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `DbsClient ${JSON.stringify(this)}`
  }

  get #waitParts(): WaitParts {
    return { getTask: (id, signal) => this.#findDownloadTask(id, { signal }), clock: this.#clock, random: this.#random }
  }

  readonly #planFor = (regionId: string | undefined): RequestPlan => {
    const { region, endpoint, network, allowHttp, signature = 'v3', method = 'POST', wire = 'json', userAgent } = this.#options
    const { url, regionId: known } = resolveEndpoint({ region: regionId ?? region, endpoint, network, allowHttp })
    return {
      endpoint: url,
      signature,
      method,
      wire,
      regionId: known,
      userAgent: userAgent === undefined ? 'backset' : `backset ${userAgent}`,
    }
  }

  async #callOperation<Input>(
    { action, input: schema, safety }: Operation<Input, unknown>,
    input: Input,
    options: CallOptions,
  ): Promise<Answer> {
    const parameters = checkInput(action, schema, input)
    return this.#bounded(options, (bounded) => this.#caller.call({ action, version, parameters, safety }, bounded))
  }

  /** Binds work to the client's own deadline, and to its being open, beside the caller's signal. */
  async #bounded<Value>(
    { signal, leftMs }: CallOptions,
    work: (options: { readonly signal: AbortSignal; readonly leftMs: () => number }) => Promise<Value>,
  ): Promise<Value> {
    const left = (): number => Math.min(this.#deadline.leftMs(), leftMs?.() ?? Infinity)
    using joined = startDeadline(this.#clock, undefined, () => new TimedOutError(0), this.#deadline.signal, signal)
    try {
      return await work({ signal: joined.signal, leftMs: left })
    } catch (error) {
      if (error !== this.#deadline.signal.reason) throw error
      // One error ended all that was under way, but each needs its own: the loop and the listing write into it.
      throw this.#closing.signal.aborted ? clientClosed() : this.#timedOut()
    }
  }

  async #findDownloadTask(taskId: string, options: CallOptions): Promise<DownloadTask | undefined> {
    const backupSetDownloadTaskId = taskId
    const { items } = await this.send(describeBackupSetDownloadTaskList, { backupSetDownloadTaskId, pageSize: 30 }, options).catch(
      (error: unknown) => {
        if (error instanceof DbsError && error.code === 'not-found') return { items: [] }
        throw error
      },
    )
    return items.find((task) => task.backupSetDownloadTaskId === taskId)
  }

  #list<Query extends object, Input extends object, Row>(
    list: ClientList<Query, Input, Row>,
    query: Query,
    options: ListOptions<Row>,
  ): Listing<Row> {
    const ask: Ask<Input, Row> = async (operation, input, signal) => {
      const answer = await this.#callOperation(operation, input, { signal, leftMs: options.leftMs })
      return { page: outputOf(operation, answer), answer }
    }
    return openList(list, query, { ...options, ask, hashKey: this.#nonce() })
  }
}

const clientClosed = (): DbsError =>
  new DbsError('aborted', 'The client is closed.', { hint: 'Close it after its last use, or make another.' })
