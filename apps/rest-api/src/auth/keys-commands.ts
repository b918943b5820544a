import { InputError, nearestName, parseDuration } from '@backset/core'
import { hashOf, keyText, makeKey } from './api-key.js'
import { type Scope, scopes } from './caller.js'
import { editKeys, type EditOptions } from './edit-keys.js'
import { type KeyRecord, stateOf } from './key-record.js'
import { readRecords } from './keys-file.js'

export interface NewKey {
  readonly name: string
  /** @default tasks:read */
  readonly scopes?: readonly string[] | undefined
  /** The plans it is bounded to. @default all */
  readonly plans?: readonly string[] | undefined
  /** How long it opens, as `90d`. @default for ever */
  readonly expires?: string | undefined
}

/**
 * `keys add`: makes a key and keeps its hash. The key itself is in the result and nowhere else.
 * @throws InputError for a name that is taken or an unknown scope; DbsError when the file cannot be used
 */
export async function addKey(path: string, { name, scopes: words = [], plans = [], expires }: NewKey, options: EditOptions) {
  const now = options.clock.now()
  checkName(name)
  const granted = words.length === 0 ? (['tasks:read'] as const) : [...new Set(words.map(scopeNamed))]
  if (plans.includes('')) throw new InputError('--plan is empty.', { field: 'plan', hint: 'Leave it out for all plans.' })
  const lifeMs = expires === undefined ? undefined : lifeOf(expires, now)
  const key = makeKey()
  const record: KeyRecord = {
    id: key.id,
    name,
    sha256: hashOf(key.secret),
    scopes: [...granted],
    ...(plans.length > 0 && { plans: [...new Set(plans)] }),
    created: new Date(now).toISOString(),
    ...(lifeMs !== undefined && { expires: new Date(now + lifeMs).toISOString() }),
  }
  return editKeys(
    path,
    (records) => {
      if (records.some((one) => one.name === name && stateOf(one, now) === 'live')) {
        throw new InputError(`There is a key ${JSON.stringify(name)} already.`, {
          field: 'name',
          hint: 'Choose another name, or revoke that key: backset-api keys revoke NAME.',
        })
      }
      return { records: [...records, record], result: { name, id: key.id, key: keyText(key) } }
    },
    options,
  )
}

/** A key as it is shown: without its hash. */
export interface ListedKey extends Omit<KeyRecord, 'sha256'> {
  readonly state: 'live' | 'expired' | 'revoked'
}

/**
 * `keys list`: every key of the file, in the order they were made.
 * @throws DbsError when the file cannot be used
 */
export const listKeys = (path: string, { clock }: Pick<EditOptions, 'clock'>): readonly ListedKey[] =>
  readRecords(path).map((record) => {
    const { sha256: _, ...shown } = record
    return { ...shown, state: stateOf(record, clock.now()) }
  })

/**
 * `keys revoke`: from within a second on it opens nothing any more. It stays in the list.
 * @throws InputError when no key, or more than one, is meant; DbsError when the file cannot be used
 */
export async function revokeKey(path: string, nameOrId: string, options: EditOptions) {
  const now = options.clock.now()
  const revoked = new Date(now).toISOString()
  return editKeys(
    path,
    (records) => {
      const { id, name } = keyMeant(nameOrId, records, now)
      return { records: records.map((one) => (one.id === id ? { ...one, revoked } : one)), result: { name, id, revoked } }
    },
    options,
  )
}

/** An expired key may be revoked, too; a live one of that name is meant first. */
function keyMeant(nameOrId: string, records: readonly KeyRecord[], now: number): KeyRecord {
  const named = records.filter(({ id, name, revoked }) => revoked === undefined && (id === nameOrId || name === nameOrId))
  const live = named.filter((one) => stateOf(one, now) === 'live')
  const meant = live.length === 0 ? named : live
  const [only] = meant
  if (only !== undefined && meant.length === 1) return only
  if (only !== undefined) {
    throw new InputError(`${JSON.stringify(nameOrId)} may be ${meant.map(({ id, name }) => `${name} (${id})`).join(' or ')}.`, {
      field: 'key',
      hint: 'Name the key by its id.',
    })
  }
  const gone = records.some(({ id, name }) => id === nameOrId || name === nameOrId)
  const open = records.filter(({ revoked }) => revoked === undefined)
  const nearest = nearestName(
    nameOrId,
    open.flatMap(({ id, name }) => [name, id]),
  )
  throw new InputError(gone ? `The key ${JSON.stringify(nameOrId)} is revoked already.` : `There is no key ${JSON.stringify(nameOrId)}.`, {
    field: 'key',
    hint: gone ? undefined : nearest === undefined ? 'backset-api keys list shows all.' : `Did you mean ${nearest}?`,
  })
}

function checkName(name: string): void {
  if (/^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]{0,62}[^\p{C}\p{Z}])?$/u.test(name)) return
  throw new InputError('NAME takes 1 to 64 visible characters.', { field: 'name', hint: 'A word that says who holds the key, as grafana.' })
}

function scopeNamed(word: string): Scope {
  const scope = scopes.find((one) => one === word)
  if (scope !== undefined) return scope
  const nearest = nearestName(word, scopes)
  throw new InputError(`There is no scope ${JSON.stringify(word)}.`, {
    field: 'scope',
    hint: nearest === undefined ? `The scopes are ${scopes.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}

function lifeOf(expires: string, now: number): number {
  const lifeMs = parseDuration(expires, '--expires')
  if (lifeMs > 0 && now + lifeMs <= 8.64e15) return lifeMs // where dates end
  throw new InputError(`--expires is ${JSON.stringify(expires)}, which no key can live.`, {
    field: 'expires',
    hint: 'Write it as 12h or 90d.',
  })
}
