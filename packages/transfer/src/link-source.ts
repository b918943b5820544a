import { DbsError, pauseBeforeNext, type Clock } from '@backset/core'
import type { StaleLink } from './setbacks.js'

/** Where a task's file lies now. */
export interface Links {
  readonly internetUrl?: string | undefined
  readonly intranetUrl?: string | undefined
  /** Bytes of the file itself, where they are known for sure; another size is refused. DBS's `backupSetDataSize` is that of the data in it. */
  readonly size?: number | undefined
}

/** Asks for links anew: those of a task expire. What it throws ends the fetch. */
export type LinkSource = (signal: AbortSignal) => Promise<Links>

export type Network = 'internet' | 'intranet'

/** A link that is in use. */
export interface UsedLink {
  readonly link: string
  readonly network: Network
  readonly size: number | undefined
}

/** Fresh links in a row of which none gave a byte. */
const mostFresh = 5

/** The link that all connections use, and the next one when it fails: internal first, public as fallback, a fresh one when it has expired. */
export class LinkBook {
  readonly #source: LinkSource
  readonly #network: Network | 'auto'
  readonly #clock: Clock
  readonly #random: () => number
  #current: UsedLink | undefined
  #asking: Promise<UsedLink> | undefined
  #fresh = 0
  #intranetFailed = false

  constructor(source: LinkSource, network: Network | 'auto', clock: Clock, random: () => number) {
    this.#source = source
    this.#network = network
    this.#clock = clock
    this.#random = random
  }

  /** @throws DbsError `not-found` when there is no link */
  async current(signal: AbortSignal): Promise<UsedLink> {
    if (this.#current !== undefined) return this.#current
    this.#asking ??= this.#ask(signal).finally(() => (this.#asking = undefined))
    return this.#asking
  }

  async #ask(signal: AbortSignal): Promise<UsedLink> {
    if (this.#fresh > 1) {
      const pauseMs = pauseBeforeNext(
        { retryable: true, throttled: false },
        this.#fresh - 1,
        { maxAttempts: Infinity, leftMs: Infinity },
        this.#random,
      )
      await this.#clock.sleep(pauseMs ?? 0, signal)
    }
    const { internetUrl, intranetUrl, size } = await this.#source(signal)
    const intranet = this.#network === 'internet' || (this.#intranetFailed && internetUrl !== undefined) ? undefined : intranetUrl
    const internet = this.#network === 'intranet' ? undefined : internetUrl
    const link = intranet ?? internet
    if (link === undefined) throw noLink(this.#network, internetUrl ?? intranetUrl)
    this.#current = { link, network: intranet === undefined ? 'internet' : 'intranet', size }
    return this.#current
  }

  /**
   * The host refused this link: the next one is asked for.
   * @throws DbsError when fresh ones were refused, too
   */
  stale(used: UsedLink, refusal: StaleLink): void {
    if (used !== this.#current) return // another connection has seen to it
    this.#current = undefined
    this.#fresh += 1
    if (this.#fresh >= 2 && this.#leaveIntranet(used)) return
    if (this.#fresh > mostFresh) throw refused(used, refusal)
  }

  /**
   * The host cannot be reached: the links are asked for anew, for it may have moved.
   * @returns whether another network is tried at once
   */
  unreachable(used: UsedLink): boolean {
    if (used !== this.#current) return true
    this.#current = undefined
    return this.#leaveIntranet(used)
  }

  #leaveIntranet({ network }: UsedLink): boolean {
    if (this.#network !== 'auto' || network !== 'intranet' || this.#intranetFailed) return false
    this.#intranetFailed = true
    this.#fresh = 0
    return true
  }

  /** Bytes came: what failed before is over. */
  worked(): void {
    this.#fresh = 0
  }
}

const noLink = (network: string, other: string | undefined): DbsError =>
  new DbsError(
    'not-found',
    other === undefined ? 'The task has no link to a file.' : `The task has no link for --network ${network}, but one for the other.`,
    {
      hint:
        other === undefined
          ? '`backset get TASK_ID` shows the task; only finished tasks that are downloaded by hand have one.'
          : 'Try --network auto.',
    },
  )

function refused({ link }: UsedLink, { httpStatus, message }: StaleLink): DbsError {
  const gone = httpStatus === 404 || httpStatus === 410
  return new DbsError(
    gone ? 'not-found' : 'link-expired',
    `${new URL(link).host} refuses the link and ${mostFresh} fresh ones: ${message}.`,
    {
      httpStatus,
      hint: gone
        ? 'The file is not there (any more): create a new download task.'
        : 'Check the clock of this machine; when it lasts, create a new download task.',
    },
  )
}
