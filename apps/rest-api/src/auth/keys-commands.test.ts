import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TurnedClock } from '../../test/turned-clock.js'
import { parseKey } from './api-key.js'
import { addKey, listKeys, revokeKey } from './keys-commands.js'

const day = 86_400_000
const newFolder = () => mkdtempSync(join(tmpdir(), 'backset-keys-'))
const setUp = () => ({ path: join(newFolder(), 'keys.json'), clock: new TurnedClock() })

test('add prints the key once and keeps its hash alone', async () => {
  const { path, clock } = setUp()
  const { key, id, name } = await addKey(path, { name: 'grafana' }, { clock })
  expect({ id: parseKey(key)?.id, name }).toEqual({ id, name: 'grafana' })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8')).not.toContain(parseKey(key)?.secret)
  expect(readdirSync(join(path, '..'))).toEqual(['keys.json'])
  expect(listKeys(path, { clock })).toEqual([{ id, name, scopes: ['tasks:read'], created: '2026-01-01T00:00:00.000Z', state: 'live' }])
})

test('a key has the scopes, plans and life it was given', async () => {
  const { path, clock } = setUp()
  await addKey(
    path,
    { name: 'etl', scopes: ['links:read', 'tasks:read', 'links:read'], plans: ['dbs1', 'dbs2'], expires: '90d' },
    { clock },
  )
  expect(listKeys(path, { clock })).toMatchObject([
    { scopes: ['links:read', 'tasks:read'], plans: ['dbs1', 'dbs2'], expires: '2026-04-01T00:00:00.000Z', state: 'live' },
  ])
  clock.turn(90 * day)
  expect(listKeys(path, { clock })).toMatchObject([{ state: 'expired' }])
})

test.each([
  ['an unknown scope', { scopes: ['task:read'] }, 'There is no scope "task:read".', 'Did you mean tasks:read?'],
  [
    'a scope near none',
    { scopes: ['admin'] },
    'There is no scope "admin".',
    'The scopes are tasks:read, links:read, tasks:create, metrics:read.',
  ],
  ['no life', { expires: '0s' }, '--expires is "0s", which no key can live.', 'Write it as 12h or 90d.'],
  ['a life that is none', { expires: 'soon' }, '--expires is "soon", which is no duration.', 'Write it as 500ms, 30s, 5m, 2h or 7d.'],
  ['an endless life', { expires: '999999999999d' }, '--expires is "999999999999d", which no key can live.', 'Write it as 12h or 90d.'],
  ['an empty plan', { plans: [''] }, '--plan is empty.', 'Leave it out for all plans.'],
])('add refuses %s', async (_, wrong, message, hint) => {
  const { path, clock } = setUp()
  await expect(addKey(path, { name: 'a', ...wrong }, { clock })).rejects.toMatchObject({ code: 'invalid-input', message, hint })
})

test.each(['', ' a', 'a ', 'a\nb', 'a\u202eb', 'a'.repeat(65)])('add refuses the name %j', async (name) => {
  const { path, clock } = setUp()
  await expect(addKey(path, { name }, { clock })).rejects.toMatchObject({ code: 'invalid-input', field: 'name' })
})

test('a name is taken while its key is live', async () => {
  const { path, clock } = setUp()
  const first = await addKey(path, { name: 'a', expires: '1d' }, { clock })
  await expect(addKey(path, { name: 'a' }, { clock })).rejects.toMatchObject({ message: 'There is a key "a" already.' })
  clock.turn(day)
  const second = await addKey(path, { name: 'a' }, { clock })
  await revokeKey(path, 'a', { clock })
  expect(listKeys(path, { clock })).toMatchObject([
    { id: first.id, state: 'expired' },
    { id: second.id, state: 'revoked' },
  ])
})

test('revoke takes an id or a name, and asks where it may be two', async () => {
  const { path, clock } = setUp()
  const one = await addKey(path, { name: 'one' }, { clock })
  const two = await addKey(path, { name: one.id }, { clock })
  await expect(revokeKey(path, one.id, { clock })).rejects.toMatchObject({ hint: 'Name the key by its id.' })
  expect(await revokeKey(path, two.id, { clock })).toEqual({ name: one.id, id: two.id, revoked: '2026-01-01T00:00:00.000Z' })
  expect(await revokeKey(path, 'one', { clock })).toMatchObject({ id: one.id })
  await expect(revokeKey(path, 'one', { clock })).rejects.toMatchObject({ message: 'The key "one" is revoked already.' })
  await addKey(path, { name: 'prometheus' }, { clock })
  await expect(revokeKey(path, 'promethus', { clock })).rejects.toMatchObject({ hint: 'Did you mean prometheus?' })
})

test('writers at once lose no key', async () => {
  const { path, clock } = setUp()
  const names = Array.from({ length: 20 }, (_, at) => `key-${at}`)
  const patient = { now: clock.now, monotonic: () => 0, sleep: () => new Promise<void>((resolve) => void setImmediate(resolve)) }
  await Promise.all(names.map((name) => addKey(path, { name }, { clock: patient })))
  expect(
    listKeys(path, { clock })
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(names.toSorted())
})

test('a lock that stays is told with its name', async () => {
  const { path, clock } = setUp()
  writeFileSync(`${path}.lock`, '')
  await expect(addKey(path, { name: 'a' }, { clock })).rejects.toMatchObject({
    code: 'cannot-write',
    hint: expect.stringContaining(`${path}.lock`),
  })
})

test('a file open to others, broken or missing is refused with the remedy', async () => {
  const { path, clock } = setUp()
  expect(() => listKeys(path, { clock })).toThrowError(
    expect.objectContaining({ code: 'invalid-setting', hint: expect.stringContaining('keys add') }),
  )
  const { key } = await addKey(path, { name: 'a' }, { clock })
  chmodSync(path, 0o640)
  await expect(addKey(path, { name: 'b' }, { clock })).rejects.toMatchObject({ hint: `chmod 600 ${path}` })
  chmodSync(path, 0o600)
  const broken = readFileSync(path, 'utf8').replace('"scopes"', '"regions": ["cn-hangzhou"], "scopes"')
  writeFileSync(path, broken)
  await expect(addKey(path, { name: 'b' }, { clock })).rejects.toMatchObject({
    code: 'invalid-setting',
    message: `${path} is no keys file at keys.0: the field "regions" is unknown to this version.`,
  })
  writeFileSync(path, `{"canary": "${key}"`)
  await expect(addKey(path, { name: 'b' }, { clock })).rejects.toThrowError(
    expect.objectContaining({ message: expect.not.stringContaining('bsk_') }),
  )
  await expect(addKey(join(path, 'no', 'keys.json'), { name: 'b' }, { clock })).rejects.toMatchObject({ code: 'cannot-write' })
})
