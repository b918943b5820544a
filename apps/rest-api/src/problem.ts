import { AnswerError, DbsError, type ErrorCode, IncompleteListingError } from '@backset/core'
import * as z from 'zod'
import { ApiError, type ApiCode } from './api-error.js'
import { RequestFaults } from './request-faults.js'
import { upstreamRequestId } from './routes/upstream-request-id.js'

/** The HTTP status of each error. A code without one does not compile. */
export const statuses: Readonly<Record<ErrorCode | ApiCode, number>> = {
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

/** The codes that answers have. The rest of 500 is core's for programs that write files and read settings: here it would be a fault of ours, as `internal` is. */
export const answeredCodes = (Object.keys(statuses) as (keyof typeof statuses)[]).filter(
  (code) => code === 'internal' || statuses[code] !== 500,
)

/** An error as every route answers it: RFC 9457, with our fields beside. */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'Where the code is explained, relative to this server' }),
    title: z.string().meta({ description: 'The code in words' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened, and why' }),
    code: z.enum(answeredCodes).meta({ description: 'Our word for it, from a closed list' }),
    serviceCode: z.string().optional().meta({ description: "DBS's word", example: 'Throttling.User' }),
    requestId: z.string().optional().meta({ description: "DBS's RequestId of the answer that failed" }),
    hint: z.string().optional().meta({ description: 'The next step' }),
    faults: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong with the request, part by part' }),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

export interface ProblemAnswer {
  readonly body: Problem
  readonly headers: Readonly<Record<string, string>>
}

/** What an error is answered with. An error nobody foresaw says nothing of itself. */
export function problemOf(error: unknown): ProblemAnswer {
  if (error instanceof RequestFaults) return answer('invalid-input', error.message, { hint: error.hint, faults: [...error.faults] })
  if (error instanceof ApiError) return answer(error.code, error.message, { hint: error.hint }, error.headers)
  if (error instanceof DbsError && statuses[error.code] !== 500) {
    const { code, message, hint, serviceCode } = error
    const requestId = error.requestId ?? (error instanceof IncompleteListingError ? error.proof.lastRequestId : undefined)
    // What came in place of an answer is for the log: it may be of a task that the caller may not see.
    const detail = error instanceof AnswerError ? error.account : message
    return answer(code, detail, { hint, serviceCode, requestId }, { ...retryAfter(error), ...upstreamRequestId(requestId) })
  }
  return answer('internal', 'Something went wrong in this server.', {
    hint: 'Its log tells more; look there for the x-request-id of this answer.',
  })
}

function answer(
  code: keyof typeof statuses,
  detail: string,
  facts: Partial<Problem> & { readonly [Name in 'hint' | 'serviceCode' | 'requestId']?: string | undefined },
  headers: Readonly<Record<string, string>> = {},
): ProblemAnswer {
  const status = statuses[code]
  const said = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
  return {
    body: { type: `/problems/${code}`, title: titleOf(code), status, detail, code, ...said },
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 503 && { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
  }
}

/** As DBS asks, where it asked for longer. */
const retryAfter = ({ code, retryAfterMs = 0 }: DbsError): Record<string, string> => {
  const seconds = Math.ceil(retryAfterMs / 1000)
  return statuses[code] === 503 && seconds > retryAfterSeconds ? { 'retry-after': String(seconds) } : {}
}

/** Long enough for a pace to recover, short enough for a person to wait. */
const retryAfterSeconds = 5

const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')
