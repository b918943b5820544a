import { adviceOn } from './advice.js'
import { DbsError } from './dbs-error.js'
import { redactText } from './redact-text.js'

/** A refusal as it came over the wire, in whichever of its two shapes. */
export interface Refusal {
  readonly serviceCode: string
  readonly text: string
  readonly requestId?: string | undefined
  readonly httpStatus?: number | undefined
}

/** DBS understood the call and refused it. Only `unwrap` throws it. */
export class ServiceError extends DbsError {
  override readonly name = 'ServiceError'
  override readonly serviceCode: string
  /** Whether DBS asked to go slower. */
  readonly throttled: boolean
  readonly #stringToSign: string | undefined

  constructor(action: string, { serviceCode, text, requestId, httpStatus }: Refusal) {
    const advice = adviceOn(serviceCode, action, httpStatus)
    const retryable = advice.retryable ?? false
    const word = redactText(serviceCode, 100)
    super(advice.code, `${action} was refused with ${word}: ${redactText(text)}`, {
      hint: advice.hint,
      serviceCode: word,
      requestId: requestId === undefined ? undefined : redactText(requestId, 100),
      httpStatus,
      retryable,
    })
    this.serviceCode = word
    this.throttled = advice.throttled ?? false
    this.#stringToSign = /string to sign is\s*:\s*([^]*)$/i.exec(text)?.[1]
  }

  /** What the gateway computed over, where it says so. It may hold a token: not for printing. */
  get stringToSign(): string | undefined {
    return this.#stringToSign
  }
}
