import type { Clock } from '../clock.js'
import type { Credentials, CredentialsProvider } from './credentials.js'
import type { Env } from './environment.js'
import { findSource, noCredentials, type FoundSource, type WhereToLook } from './find-source.js'
import { SharedKeys, type AskForKeys } from './refresh.js'
import { checkedKeys } from './static.js'

export interface ChainOptions extends WhereToLook {
  readonly clock: Clock
}

/**
 * The default chain, see `findSource`. Nothing is read before keys are asked for. Keys that stand in the environment or a profile are used as they are; the
 * vendor's package is loaded only for what must be asked of a server or a command, and with a new one after each failure, since its own chain sticks to
 * what failed.
 */
export function defaultCredentials({ clock, ...where }: ChainOptions): CredentialsProvider {
  let label = where.profile === undefined ? 'default chain' : `profile ${where.profile}`
  const shared = new SharedKeys(clock, async () => {
    const found = await findSource(where)
    label = found.source.label
    return askerOf(found, where.env)
  })
  return {
    get source() {
      return label
    },
    get: (signal) => shared.get(signal),
    invalidate: (refused) => shared.forget(refused),
  }
}

/** Keys that are at hand without asking anybody, for a dry run; undefined when there are none, or a server would have to be asked. */
export async function keysAtHand(where: ChainOptions): Promise<Credentials | undefined> {
  try {
    const { source } = await findSource(where)
    return source.kind === 'static' ? checkedKeys(source.keys, source.label) : undefined
  } catch {
    return undefined
  }
}

async function askerOf({ source, isGuess }: FoundSource, env: Env): Promise<AskForKeys> {
  if (source.kind === 'static') {
    const keys = checkedKeys(source.keys, source.label)
    return async () => keys
  }
  const { askVendor } = await import('./vendor.js')
  const ask = await askVendor(source, env)
  return async () => {
    try {
      return checkedKeys(await ask(), source.label)
    } catch (error) {
      throw isGuess ? noCredentials() : error
    }
  }
}
