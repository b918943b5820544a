import type { IncomingHttpHeaders } from 'node:http'
import { anonymous, type Caller } from './caller.js'
import type { KeysFile } from './keys-file.js'
import type { Sessions } from './session.js'

/** What a request says of who asks. */
export interface Identity {
  /** Undefined: nobody known. */
  readonly caller: Caller | undefined
  /** What it was shown by; `none` when nothing was shown. */
  readonly by: 'key' | 'session' | 'none'
}

/** Who may come in: anybody on this machine, or whoever has a key. */
export interface Access {
  /** Whether keys are asked for. */
  readonly hasKeys: boolean
  readonly identify: (headers: IncomingHttpHeaders) => Identity
  /** The holder of a key that was typed into the login form. */
  readonly holderOf: (key: string) => Caller | undefined
  /** Whether a caller may go on: its key stands unchanged in the file, neither revoked nor expired. For answers that last, as streams do. */
  readonly isStillGood: (caller: Caller) => boolean
}

/** Everybody is `anonymous`: the server listens on loopback alone. */
export const openAccess: Access = {
  hasKeys: false,
  identify: () => ({ caller: anonymous, by: 'none' }),
  holderOf: () => undefined,
  isStillGood: () => true,
}

/** Callers are told by `Authorization: Bearer`, else by the cookie of a login; each is looked up in the keys anew. */
export const keyAccess = (keys: KeysFile, sessions: Sessions): Access => ({
  hasKeys: true,
  identify({ authorization, cookie }) {
    const key = authorization === undefined ? undefined : bearerIn(authorization)
    if (key !== undefined) return { caller: keys.holderOf(key), by: 'key' }
    if (cookie === undefined || !cookie.includes('backset_session=')) return { caller: undefined, by: 'none' }
    const keyId = sessions.keyIdOf(cookie)
    return { caller: keyId === undefined ? undefined : keys.callerOf(keyId), by: 'session' }
  },
  holderOf: (key) => keys.holderOf(key),
  isStillGood: (caller) => keys.callerOf(caller.id) === caller,
})

/** The token of a Bearer header, empty or not; other schemes may be a proxy's own affair. */
function bearerIn(authorization: string): string | undefined {
  const found = /^bearer(?:[ \t]+(.*))?$/i.exec(authorization)
  return found === null ? undefined : (found[1] ?? '')
}
