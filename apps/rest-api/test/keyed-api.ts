import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@backset/core'
import type { EmulatorOptions } from '@backset/emulator'
import { addKey, type NewKey } from '../src/auth/keys-commands.js'
import { startApi, type Api } from './api.js'

export interface KeyedApi extends Api {
  /** What `Authorization` says for the key. */
  readonly authorization: string
}

/** A server with one key, which `get` asks with. */
export async function startWithKey(key: Omit<NewKey, 'name'>, emulatorOptions: EmulatorOptions = {}): Promise<KeyedApi> {
  const file = join(await mkdtemp(join(tmpdir(), 'backset-')), 'keys.json')
  const made = await addKey(file, { ...key, name: 'test' }, { clock: systemClock })
  const api = await startApi({ keys: file }, emulatorOptions)
  const authorization = `Bearer ${made.key}`
  return { ...api, authorization, get: (path) => api.get(path, { headers: { authorization } }) }
}
