import type { DbsError, ErrorCode } from '@backset/core'
import type { ApiCode } from './api-error.js'

type Code = ErrorCode | ApiCode

/** The HTTP status of each error: 502 where somebody must mend something, 503 where asking again may help. A code without one does not compile. */
export const statuses: Readonly<Record<Code, number>> = {
  'invalid-input': 400,
  'invalid-cursor': 400,
  'unknown-region': 400,
  'malformed-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  'foreign-request': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timed-out': 408,
  'snapshot-gone': 410,
  'body-too-large': 413,
  'target-too-long': 414,
  'unsupported-media-type': 415,
  'idempotency-conflict': 422,
  'list-too-large': 422,
  'rate-limited': 429,
  'header-too-large': 431,
  internal: 500,
  'invalid-setting': 500,
  'already-read': 500,
  'task-failed': 500,
  'cannot-write': 500,
  'disk-full': 500,
  'link-refused': 500,
  'link-expired': 500,
  'wrong-file': 500,
  // The server's own keys, or what DBS made of them: nothing the caller can mend.
  'no-credentials': 502,
  'credentials-refused': 502,
  'signature-mismatch': 502,
  'no-permission': 502,
  'clock-skewed': 502,
  refused: 502,
  'unreadable-answer': 502,
  'answer-too-large': 502,
  throttled: 503,
  'service-unavailable': 503,
  unreachable: 503,
  'timed-out': 503,
  aborted: 503,
  'listing-incomplete': 503,
  'not-ready': 503,
  'too-many-readers': 503,
  stopping: 503,
}

/** What DBS, or what stands before it, says in passing or for good: the error itself knows, and tells by being retryable. */
const mayPass: readonly Code[] = ['no-credentials', 'refused', 'unreadable-answer']

/** The statuses that a code may come with. */
export const statusesOf = (code: Code): readonly number[] => (mayPass.includes(code) ? [statuses[code], 503] : [statuses[code]])

/** The status of an error of core's. */
export const statusOf = ({ code, retryable }: Pick<DbsError, 'code' | 'retryable'>): number =>
  retryable && mayPass.includes(code) ? 503 : statuses[code]

/** The codes that answers have. The rest of 500 is core's for programs that write files and read settings: here it would be a fault of ours, as `internal` is. */
export const answeredCodes = (Object.keys(statuses) as (keyof typeof statuses)[]).filter(
  (code) => code === 'internal' || statuses[code] !== 500,
)
