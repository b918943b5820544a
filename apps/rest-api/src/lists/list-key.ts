import type { Context } from 'hono'
import type { ApiEnv } from '../router.js'

/** Equal for requests that get the same answer of the same snapshot: who asks, within which plans, for what, in which form. */
export function listKey(c: Context<ApiEnv>): string {
  const { id, plans } = c.get('caller')
  const { url, headers } = c.env.incoming
  return `${id} ${plans?.join() ?? '*'} ${headers.accept ?? ''} ${url}`
}
