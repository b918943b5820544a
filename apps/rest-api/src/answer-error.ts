import { AnswerError, DbsError } from '@backset/core'
import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { ApiError } from './api-error.js'
import { problemOf } from './problem.js'
import type { ApiEnv } from './router.js'

/** The one road that every error takes to its answer, and into the log. */
export const answerError: ErrorHandler<ApiEnv> = (thrown, c) => {
  const error = whatHappened(thrown, c.env.incoming.errored !== null)
  const { body, headers } = problemOf(error)
  const { exchange } = c.var
  exchange.code = body.code
  exchange.excerpt = error instanceof AnswerError ? error.excerpt : undefined
  if (body.status === 500) exchange.log.error({ err: thrown }, 'a request failed')
  return c.body(JSON.stringify(body), body.status as 500, headers)
}

/** @param hasLeft whether the connection broke while the request was read: then whoever read on met that, and nobody hears the answer */
function whatHappened(error: Error, hasLeft: boolean): Error {
  // hono's own words for a body that is not what its type says, and for a type no route takes
  if (error instanceof HTTPException && error.status === 400)
    return new ApiError('malformed-request', 'The body is no JSON.', { hint: 'Send one JSON object, in UTF-8.' })
  if (error instanceof HTTPException && error.status === 415)
    return new ApiError('unsupported-media-type', 'The body is of a type this does not take.', {
      hint: 'Send JSON, with content-type: application/json.',
    })
  const isOurs = error instanceof ApiError || error instanceof DbsError
  return hasLeft && !isOurs ? new DbsError('aborted', 'The connection ended before the request did.') : error
}
