import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@backset/core'
import { addKey, revokeKey } from '../src/auth/keys-commands.js'
import type { Scope } from '../src/auth/caller.js'
import { TurnedClock } from './turned-clock.js'

export interface MadeKeys {
  /** The file, for `startApi({ keys: file })`. */
  readonly file: string
  /** Makes a key that opens; its text. */
  readonly add: (scopes: readonly Scope[], plans?: readonly string[]) => Promise<string>
  /** One whose life is over. */
  readonly addExpired: (scopes: readonly Scope[]) => Promise<string>
  readonly addRevoked: (scopes: readonly Scope[]) => Promise<string>
  readonly revoke: (key: string) => Promise<void>
}

/** A keys file of a test's own. */
export async function makeKeys(): Promise<MadeKeys> {
  const file = join(mkdtempSync(join(tmpdir(), 'backset-keys-')), 'keys.json')
  let made = 0
  const make = async (scopes: readonly Scope[], plans: readonly string[] = [], expires?: string) => {
    const clock = expires === undefined ? systemClock : new TurnedClock(Date.UTC(2020, 0, 1))
    return (await addKey(file, { name: `key-${made++}`, scopes, plans, expires }, { clock })).key
  }
  const revoke = async (key: string) => void (await revokeKey(file, key.split('_')[1] ?? '', { clock: systemClock }))
  await make(['tasks:read']) // so that there is a file
  return {
    file,
    add: (scopes, plans) => make(scopes, plans),
    addExpired: (scopes) => make(scopes, [], '1d'),
    revoke,
    addRevoked: async (scopes) => {
      const key = await make(scopes)
      await revoke(key)
      return key
    },
  }
}
