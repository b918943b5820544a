import type { Clock } from '../clock.js'
import type { CredentialsProvider } from '../credentials/credentials.js'
import { ServiceError } from '../errors/service-error.js'
import { explainSignatureMismatch } from '../errors/signature-mismatch.js'
import type { FailedAttempt } from './attempt.js'
import { ClockOffsets } from './clock-offset.js'

/** A refusal that the next attempt may cure. */
type Ailment = 'clock' | 'nonce' | 'token'

const ailments: Readonly<Record<string, Ailment>> = {
  'InvalidTimeStamp.Expired': 'clock',
  IllegalTimestamp: 'clock',
  SignatureNonceUsed: 'nonce',
  'InvalidSecurityToken.Expired': 'token',
}

/**
 * What a client learns from refusals: the time each host has, that its keys have expired. Each ailment is cured once a request; that it comes again is the
 * answer.
 */
export class Cures {
  readonly offsets = new ClockOffsets()
  readonly #clock: Clock
  readonly #credentials: CredentialsProvider

  constructor(clock: Clock, credentials: CredentialsProvider) {
    this.#clock = clock
    this.#credentials = credentials
  }

  /**
   * Learns from a failed attempt, and makes its hint more exact.
   * @param tried ailments this request was cured of already; added to
   * @returns whether another attempt may succeed; undefined: no cure is known, the error itself says
   */
  apply(host: string, failed: FailedAttempt, tried: Set<Ailment>): boolean | undefined {
    const { error, request } = failed
    if (error instanceof ServiceError && error.code === 'signature-mismatch' && request !== undefined)
      error.hint = explainSignatureMismatch(error.stringToSign, request.stringToSign)
    const { serviceCode = '' } = error
    const ailment = Object.hasOwn(ailments, serviceCode) ? ailments[serviceCode] : undefined
    if (ailment === undefined) return undefined
    const curable = this.#cure(ailment, host, failed)
    if (tried.has(ailment)) return false
    tried.add(ailment)
    return curable
  }

  #cure(ailment: Ailment, host: string, failed: FailedAttempt): boolean {
    if (ailment === 'clock') return this.#learnClock(host, failed)
    if (ailment === 'token') return this.#dropKeys(failed)
    return true // a new nonce is the cure, and every attempt has one
  }

  #learnClock(host: string, { error, headers }: FailedAttempt): boolean {
    if (!this.offsets.learn(host, headers['date'], this.#clock.now())) return false
    const seconds = Math.round(this.offsets.of(host) / 1000)
    if (seconds !== 0) error.hint = `The clock of this machine is ${Math.abs(seconds)} s ${seconds < 0 ? 'ahead' : 'behind'}: set it (NTP).`
    return true
  }

  #dropKeys({ credentials }: FailedAttempt): boolean {
    if (credentials === undefined || this.#credentials.invalidate === undefined) return false
    this.#credentials.invalidate(credentials)
    return true
  }
}

export type { Ailment }
