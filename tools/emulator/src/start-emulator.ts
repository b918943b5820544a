import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.js'
import { Emulation } from './emulation.js'
import type { RequestRecord } from './recorder.js'
import { readProfile, type Profile } from './scenario/profile.js'
import type { Scenario } from './scenario/scenario.js'
import type { TemporaryIdentity } from './signature/identities.js'
import { maxPlans, maxTasks } from './world/ids.js'
import { region } from './world/plans.js'
import type { World } from './world/world.js'

export interface EmulatorOptions {
  /** Port on 127.0.0.1; 0 takes a free one. @default 0 */
  readonly port?: number
  /** What all data and keys are made from. @default 1 */
  readonly seed?: number
  /** Backup plans, at most 4096. @default 3 */
  readonly plans?: number
  /** Tasks a plan, at most 16,777,216; a million cost nothing before they are read. @default 250 */
  readonly tasks?: number
  /** What is played from the start. @default nothing goes wrong */
  readonly scenario?: Scenario
  /** What `backset probe` measured: pages, empty lists and order are then as they were there, beneath any scenario. @default as documents say or let guess */
  readonly profile?: Profile
  /** Calls a second; beyond them Throttling.User. @default no limit */
  readonly qps?: number
  /** Milliseconds every call takes at least. @default 0 */
  readonly latencyMs?: number
  /** How far the clock is ahead, milliseconds. @default 0 */
  readonly clockSkewMs?: number
  /** How far the timestamp of a call may be off, either way, milliseconds. @default 15 minutes */
  readonly timestampWindowMs?: number
  /** Epoch milliseconds; tests pass a clock they turn by hand. @default the system's */
  readonly now?: () => number
}

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** Where it listens, as `http://127.0.0.1:40123`. */
  readonly url: string
  /** The same keys for the same seed. */
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly region: string
  /** A second, temporary identity. */
  readonly sts: TemporaryIdentity
  /** What is true; tests read and change it. */
  readonly world: World
  /** The last 20,000 requests, oldest first, files among them. */
  readonly requests: readonly RequestRecord[]
  /** Every request since the start. */
  readonly requestCount: number
  /**
   * Plays another scenario from now on, or none.
   * @throws Error for a scenario that is not valid
   */
  play(scenario: Scenario | undefined): void
  /** Rows, ClientTokens and scenario as at the start; keys, nonces and the record stay. */
  reset(): void
  /** Stops listening and cuts what is open. */
  close(): Promise<void>
}

/**
 * Starts an emulated DBS on this machine.
 * @throws RangeError for numbers out of their domain, Error for a scenario or profile that is not valid or a port in use
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const {
    port = 0,
    seed = 1,
    plans = 3,
    tasks = 250,
    scenario,
    profile,
    qps,
    latencyMs = 0,
    clockSkewMs = 0,
    timestampWindowMs = 15 * 60_000,
    now,
  } = options
  inDomain('port', port, 0, 65_535)
  inDomain('seed', seed, 0, 2 ** 32 - 1)
  inDomain('plans', plans, 0, maxPlans)
  inDomain('tasks', tasks, 0, maxTasks)
  if (qps !== undefined && !(qps > 0)) throw new RangeError(`qps is ${qps}, but must be more than 0.`)
  const emulation = new Emulation({
    seed,
    plans,
    tasks,
    qps,
    latencyMs,
    clockSkewMs,
    timestampWindowMs,
    now,
    profile: profile === undefined ? [] : readProfile(profile),
    scenario,
  })

  const server = createServer({ keepAliveTimeout: 60_000 }, createApp(emulation))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  emulation.links.base = url

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  const { permanent, temporary } = emulation.identities
  return {
    url,
    accessKeyId: permanent.accessKeyId,
    accessKeySecret: permanent.accessKeySecret,
    region,
    sts: temporary,
    world: emulation.world,
    get requests() {
      return emulation.recorder.records
    },
    get requestCount() {
      return emulation.recorder.total
    },
    play: (next) => emulation.play(next),
    reset: () => emulation.reset(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function inDomain(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${name} is ${value}, but must be a whole number from ${least} to ${most}.`)
}
