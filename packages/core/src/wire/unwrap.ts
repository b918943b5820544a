import { AnswerError } from '../errors/answer-error.js'
import { ServiceError } from '../errors/service-error.js'
import { isTransientStatus } from '../errors/transient-status.js'

export interface Decoded {
  readonly httpStatus: number
  readonly body: unknown
  /** From the header, where the body has none. */
  readonly requestId?: string | undefined
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined

/** pop-core lets all but 0 pass as success; 0 is what many a gateway says for it. */
const saysFine = (code: string | undefined): boolean => code === undefined || /^\s*(?:0|200|ok|success)\s*$/i.test(code)

/** Whether `Success` says so, in whichever way a boolean is written; where it is missing, an ErrCode says that it failed. */
function saysSuccess(success: string | undefined, errCode: string | undefined): boolean {
  const word = success?.trim().toLowerCase()
  return word === undefined ? saysFine(errCode) : word !== 'false' && word !== '0'
}

/**
 * The one function that turns an answer into an error. DBS refuses in two shapes: a `Code` with an HTTP status (the gateway), and `Success: false`
 * with an `ErrCode` under HTTP 200 (the service). An ErrCode beside `Success: true` is no failure: the vendor's own samples show it.
 * @throws ServiceError, or AnswerError when there is no envelope
 */
export function unwrap(action: string, { httpStatus, body, requestId: fromHeader }: Decoded): Readonly<Record<string, unknown>> {
  if (!isRecord(body))
    throw new AnswerError(`DBS answered ${action} with no object (HTTP ${httpStatus}).`, {
      httpStatus,
      requestId: fromHeader,
      retryable: isTransientStatus(httpStatus),
    })
  // Older gateways write the same names with a small first letter.
  const field = (name: string): string | undefined => textOf(body[name]) ?? textOf(body[name.charAt(0).toLowerCase() + name.slice(1)])
  const code = field('Code')
  const failed = httpStatus >= 300 || !saysFine(code) || !saysSuccess(field('Success'), field('ErrCode'))
  if (!failed) return body
  // Whoever stands before DBS refuses with these too, in JSON of its own.
  if ((httpStatus === 401 || httpStatus === 403) && saysFine(code) && saysFine(field('ErrCode')))
    throw new AnswerError(`${action} was refused with HTTP ${httpStatus}, in words that are not DBS's.`, {
      excerpt: JSON.stringify(body),
      httpStatus,
      requestId: field('RequestId') ?? fromHeader,
    })
  throw new ServiceError(action, {
    serviceCode: (saysFine(code) ? field('ErrCode') : code) ?? `HTTP ${httpStatus}`,
    text: field('Message') ?? field('ErrMessage') ?? 'no message',
    requestId: field('RequestId') ?? fromHeader,
    httpStatus,
  })
}
