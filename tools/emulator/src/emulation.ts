import { CreateTokens } from './actions/create-tokens.js'
import { createClock, type Clock } from './clock.js'
import type { FileSettings } from './files/backup-file.js'
import { LinkSigner } from './files/link-signer.js'
import { Recorder } from './recorder.js'
import { Rules } from './scenario/rules.js'
import { parseScenario, type Hint, type Rule, type Scenario } from './scenario/scenario.js'
import { createIdentities, type Identities } from './signature/identities.js'
import { Nonces } from './signature/nonces.js'
import { TokenBucket } from './token-bucket.js'
import { createDice } from './world/random.js'
import { World } from './world/world.js'

/** What the state is made from; every option of the emulator but its port. */
export interface EmulationOptions {
  readonly seed: number
  readonly plans: number
  readonly tasks: number
  readonly qps: number | undefined
  readonly latencyMs: number
  readonly clockSkewMs: number
  readonly timestampWindowMs: number
  readonly now: (() => number) | undefined
  /** Rules that hold beside those of any scenario. */
  readonly profile: readonly Rule[]
  /** What is played at first. */
  readonly scenario: Scenario | undefined
}

/** A rate all calls share, and how a throttle says when to come back. */
export interface Limit {
  readonly bucket: TokenBucket
  readonly hint: Hint
}

const usualFiles: FileSettings = { version: 0, ignoreRange: false, checksums: true, etag: 'strong' }

/** The state of one emulated service: what the routes share. */
export class Emulation {
  readonly seed: number
  readonly clock: Clock
  readonly world: World
  readonly links: LinkSigner
  readonly identities: Identities
  readonly nonces: Nonces
  readonly tokens = new CreateTokens()
  readonly recorder = new Recorder()
  readonly latencyMs: number
  readonly windowMs: number
  /** Chance for lists that move. */
  readonly dice: () => number
  rules: Rules
  limit: Limit | undefined
  files = usualFiles
  readonly #usualQps: number | undefined
  readonly #profile: readonly Rule[]
  readonly #scenario: Scenario | undefined

  /** @throws Error for a scenario that is not valid */
  constructor({ seed, plans, tasks, qps, latencyMs, clockSkewMs, timestampWindowMs, now, profile, scenario }: EmulationOptions) {
    this.#profile = profile
    this.#scenario = scenario
    this.seed = seed
    this.clock = createClock(now, clockSkewMs)
    this.links = new LinkSigner(seed, this.clock)
    this.world = new World({ seed, plans, tasks, clock: this.clock, links: this.links })
    this.identities = createIdentities(seed)
    this.nonces = new Nonces(timestampWindowMs)
    this.#usualQps = qps
    this.limit = this.#limitOf(qps, 'none')
    this.latencyMs = latencyMs
    this.windowMs = timestampWindowMs
    this.dice = createDice(seed)
    this.rules = new Rules([], seed)
    this.play(scenario)
  }

  /**
   * From now on requests meet this scenario, counted anew; without one all is well. What moved stays moved.
   * @throws Error for a scenario that is not valid; the one before it goes on
   */
  play(scenario: Scenario = {}): void {
    const { rules, limit, moves, files } = parseScenario(scenario)
    this.rules = new Rules([...rules, ...this.#profile], this.seed)
    this.limit = limit === undefined ? this.#limitOf(this.#usualQps, 'none') : this.#limitOf(limit.qps, limit.hint)
    this.world.progress.play(moves)
    this.links.ttlMs = files?.linkTtlMs ?? this.links.usualTtlMs
    this.files = files ?? usualFiles
  }

  /** The files are others from now on. */
  swapFiles(): void {
    this.files = { ...this.files, version: this.files.version + 1 }
  }

  /** Rows, tokens and scenario as at the start. */
  reset(): void {
    this.world.reset()
    this.tokens.clear()
    this.play(this.#scenario)
  }

  #limitOf(qps: number | undefined, hint: Hint): Limit | undefined {
    return qps === undefined ? undefined : { bucket: new TokenBucket(qps, this.clock.monotonic), hint }
  }
}
