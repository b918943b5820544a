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

/** Refuses bodies that are too large, announced or not, or encoded, before anything reads them. */
export const guardBody: MiddlewareHandler<ApiEnv> = (c, next) => {
  // To look at the body of a lightweight request makes a whole one of it; most requests have none.
  const { method } = c.env.incoming
  if (method === 'GET' || method === 'HEAD') return next()
  const { 'content-encoding': encoding = 'identity' } = c.env.incoming.headers
  if (encoding.trim().toLowerCase() !== 'identity')
    throw new ApiError('unsupported-media-type', 'The body comes encoded, and this takes it only as it is.', {
      hint: 'Send it without content-encoding.',
      headers: { 'accept-encoding': 'identity' }, // RFC 9110, 12.5.3: what would be taken
    })
  return limit(c, next)
}
