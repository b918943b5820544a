import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Clock } from '@backset/core'
import { type Fault, SettingsError } from '@backset/settings'
import type { Logger } from 'pino'
import { MemoryQuota } from '../adapters/memory/limits.js'
import { Limiter } from '../limits/limiter.js'
import { isLoopback } from '../limits/networks.js'
import type { ApiSettings } from '../settings.js'
import { type Access, keyAccess, openAccess } from './access.js'
import { KeysFile } from './keys-file.js'
import { Sessions } from './session.js'

export interface DoorParts {
  readonly settings: Pick<ApiSettings, 'rateLimit'>
  /** Undefined where nobody but this machine can come in. */
  readonly keys: KeysFile | undefined
  readonly clock: Clock
  /** 32 random bytes of this server, or of all its replicas. */
  readonly serverSecret: Uint8Array
}

/** Who is let in, and how often. */
export interface Door {
  readonly access: Access
  readonly sessions: Sessions | undefined
  readonly limiter: Limiter | undefined
}

/** What a key, or an address, may ask where nothing else is said. */
const usualRate = { limit: 50, windowMs: 1000 }

type Entrances = Pick<ApiSettings, 'host' | 'keys' | 'trustProxy' | 'corsOrigin'>

/**
 * Opens the keys file, or makes sure that nobody else can come in where there is none.
 * @throws SettingsError when the server would listen to others without keys; DbsError when the keys file cannot be used
 */
export async function openKeys(settings: Entrances, parts: { readonly clock: Clock; readonly log: Logger }): Promise<KeysFile | undefined> {
  const { keys: file } = settings
  if (file === undefined) {
    await refuseOthers(settings)
    return undefined
  }
  const keys = new KeysFile(file, parts)
  if (!keys.hasLive)
    parts.log.warn({ file }, 'no key of the keys file opens: every request that needs one is answered 401 until one is added')
  return keys
}

/** Who is let in with these keys, or without any, and how often. */
export function openDoor({ settings, keys, clock, serverSecret }: DoorParts): Door {
  const { rateLimit = keys === undefined ? 'off' : usualRate } = settings
  const now = () => clock.monotonic()
  const limiter =
    rateLimit === 'off' ? undefined : new Limiter({ rule: rateLimit, keys: new MemoryQuota({ now }), addresses: new MemoryQuota({ now }) })
  if (keys === undefined) return { access: openAccess, sessions: undefined, limiter }
  const sessions = new Sessions(serverSecret, clock)
  return { access: keyAccess(keys, sessions), sessions, limiter }
}

async function refuseOthers({ host, trustProxy, corsOrigin }: Entrances): Promise<void> {
  const remedy = 'backset-api keys add NAME --keys FILE makes a key; then start with --keys FILE.'
  const needsKeys = (source: string, why: string): Fault => ({ source, message: `${source} needs --keys: ${why}.`, remedy })
  const faults = [
    ...((await isThisMachine(host))
      ? []
      : [needsKeys('--host', `${JSON.stringify(host)} is not a loopback address, and without keys anybody who reaches it could read`)]),
    ...(trustProxy === undefined ? [] : [needsKeys('--trust-proxy', 'without keys nothing that came through a proxy is answered')]),
    ...(corsOrigin === undefined ? [] : [needsKeys('--cors-origin', 'without keys no page of another origin is answered')]),
  ]
  if (faults.length > 0) throw new SettingsError(faults)
}

/** A name is judged by all it stands for; one that stands for nothing is told when the server listens. */
async function isThisMachine(host: string): Promise<boolean> {
  if (isIP(host) !== 0) return isLoopback(host)
  if (host.toLowerCase() !== 'localhost') return false
  const addresses = await lookup(host, { all: true }).catch(() => [])
  return addresses.every(({ address }) => isLoopback(address))
}
