import { AnswerError } from '../errors/answer-error.js'
import { boolean, defined, integer, isRecord, rows, text, type WireRecord } from '../schemas/lenient.js'

/** What every answer of DBS has around its content. */
export interface Envelope {
  readonly requestId?: string
  readonly success?: boolean
  readonly errCode?: string
  readonly errMessage?: string
  readonly httpStatusCode?: number
}

/** One page of a list with its envelope: every field of the answer. */
export interface ListPage<Row> extends Envelope {
  readonly pageNum?: number
  readonly pageSize?: number
  readonly totalElements?: number
  readonly totalPages?: number
  readonly items: readonly Row[]
}

export function recordOf(action: string, body: unknown): WireRecord {
  if (isRecord(body)) return body
  throw new AnswerError(`The answer to ${action} is no object.`)
}

export function readEnvelope(body: WireRecord): Envelope {
  return defined({
    requestId: text(body['RequestId']),
    success: boolean(body['Success']),
    errCode: text(body['ErrCode']),
    errMessage: text(body['ErrMessage']),
    httpStatusCode: integer(body['HttpStatusCode']),
  }) as Envelope
}

/** Reads a page whose rows stand under `Items` in any of their shapes. */
export function readListPage<Row>(action: string, body: unknown, rowName: string, readRow: (row: unknown) => Row): ListPage<Row> {
  const record = recordOf(action, body)
  // An empty list may come without Items, but not without saying that it is one: what holds neither is no list, and must not be taken for an empty one.
  if (!Object.hasOwn(record, 'Items') && !Object.hasOwn(record, 'TotalElements')) {
    throw new AnswerError(`The answer to ${action} holds no list: neither Items nor TotalElements.`)
  }
  return {
    ...readEnvelope(record),
    ...defined({
      pageNum: integer(record['PageNum']),
      pageSize: integer(record['PageSize']),
      totalElements: integer(record['TotalElements']),
      totalPages: integer(record['TotalPages']),
    }),
    items: rows(record['Items'], rowName).map(readRow),
  }
}
