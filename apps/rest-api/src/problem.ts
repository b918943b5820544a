import { AnswerError, DbsError, IncompleteListingError, InputError } from '@backset/core'
import * as z from 'zod'
import { ApiError } from './api-error.js'
import { hintFor } from './api-error-guide.js'
import { RequestFaults } from './request-faults.js'
import { upstreamRequestId } from './routes/upstream-request-id.js'
import { answeredCodes, statuses, statusOf } from './statuses.js'

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
    const { code, message, serviceCode } = error
    const requestId = error.requestId ?? (error instanceof IncompleteListingError ? error.proof.lastRequestId : undefined)
    // What came in place of an answer is for the log: it may be of a task that the caller may not see.
    const detail = error instanceof AnswerError ? error.account : message
    const status = statusOf(error)
    const headers = { ...(status === 503 && retryAfter(error)), ...upstreamRequestId(requestId) }
    const faults = error instanceof InputError && error.field !== undefined ? [{ field: error.field, message }] : undefined
    return answer(code, detail, { status, hint: hintFor(error), serviceCode, requestId, faults }, headers)
  }
  return answer('internal', 'Something went wrong in this server.', {
    hint: 'Its log tells more; look there for the x-request-id of this answer.',
  })
}

function answer(
  code: keyof typeof statuses,
  detail: string,
  {
    status = statuses[code],
    ...facts
  }: Partial<Problem> & { readonly [Name in 'hint' | 'serviceCode' | 'requestId']?: string | undefined } & {
    readonly faults?: Problem['faults'] | undefined
  },
  headers: Readonly<Record<string, string>> = {},
): ProblemAnswer {
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
const retryAfter = ({ retryAfterMs = 0 }: DbsError): Record<string, string> => ({
  'retry-after': String(Math.max(Math.ceil(retryAfterMs / 1000), retryAfterSeconds)),
})

/** Long enough for a pace to recover, short enough for a person to wait. */
const retryAfterSeconds = 5

const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')
