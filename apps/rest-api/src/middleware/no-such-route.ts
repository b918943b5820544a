import { NotFoundError } from '@backset/core'
import type { Hono, NotFoundHandler } from 'hono'
import { METHOD_NAME_ALL } from 'hono/router'
import { ApiError } from '../api-error.js'
import type { ApiEnv } from '../router.js'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Where no route answers: the methods the path has, or the word that there is nothing. */
export const noSuchRoute =
  (app: Hono<ApiEnv>): NotFoundHandler<ApiEnv> =>
  (c) => {
    const { method, path } = c.req
    const taken = methods.filter((one) => hasRoute(app, one, path)).flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one]))
    if (taken.length === 0) {
      throw new NotFoundError('There is nothing at this path.', { hint: '/openapi.json lists what there is, /docs shows it.' })
    }
    const allow = [...taken, 'OPTIONS'].join(', ')
    if (method === 'OPTIONS') return c.body(null, 204, { allow })
    throw new ApiError('method-not-allowed', `This path does not take ${method}.`, {
      hint: `It takes ${allow}.`,
      headers: { allow },
    })
  }

/** Middleware is registered for all methods, and is no route. */
const hasRoute = ({ router }: Hono<ApiEnv>, method: string, path: string): boolean =>
  router.match(method, path)[0].some(([[, route]]) => route.method !== METHOD_NAME_ALL)
