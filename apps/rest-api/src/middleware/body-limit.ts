import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ApiError } from '../api-error.js'
import type { ApiEnv } from '../router.js'

/** No body this API takes is near to it. */
const maxBodyBytes = 64 * 1024

const limit = bodyLimit({
  maxSize: maxBodyBytes,
  onError: () => {
    throw new ApiError('body-too-large', `The body has more than ${maxBodyBytes} bytes.`)
  },
})

/** Refuses bodies that are too large, announced or not, before anything reads them. */
export const boundBody: MiddlewareHandler<ApiEnv> = (c, next) => {
  // To look at the body of a lightweight request makes a whole one of it; most requests have none.
  const { method } = c.env.incoming
  return method === 'GET' || method === 'HEAD' ? next() : limit(c, next)
}
