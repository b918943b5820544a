import type { Context } from 'hono'
import type { ApiEnv } from '../router.js'

/** Equal for requests that get the same answer of the same snapshot: who asks, within which plans, for what, in which form. */
export function listKey(c: Context<ApiEnv>): string {
  const { id, plans } = c.var.caller
  const { url } = c.req.raw
  return `${id} ${plans?.join() ?? '*'} ${c.req.header('accept') ?? ''} ${url.slice(url.indexOf('/', 8))}`
}
