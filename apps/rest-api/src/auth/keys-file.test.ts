import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { TurnedClock } from '../../test/turned-clock.js'
import { keyText, makeKey } from './api-key.js'
import { addKey, revokeKey } from './keys-commands.js'
import { KeysFile } from './keys-file.js'

async function setUp() {
  const path = join(mkdtempSync(join(tmpdir(), 'backset-keys-')), 'keys.json')
  const clock = new TurnedClock()
  const { key, id } = await addKey(path, { name: 'a', plans: ['dbs1'], expires: '1d' }, { clock })
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  return { path, clock, key, id, lines, log, open: () => new KeysFile(path, { clock, log }) }
}

test('a key is its holder, and no other text is', async () => {
  const { open, key, id } = await setUp()
  const keys = open()
  expect(keys.holderOf(key)).toEqual({ id, name: 'a', scopes: ['tasks:read'], plans: ['dbs1'] })
  for (const wrong of ['', 'bsk_', key.slice(0, -1), keyText(makeKey()), keyText({ ...makeKey(), id })]) {
    expect(keys.holderOf(wrong)).toBeUndefined()
  }
})

test('a key ends with its life, without a look at the file', async () => {
  const { open, key, id, clock } = await setUp()
  const keys = open()
  clock.turn(86_400_000 - 1)
  expect(keys.callerOf(id)).toBeDefined()
  clock.turn(1)
  expect(keys.holderOf(key)).toBeUndefined()
  expect(keys.callerOf(id)).toBeUndefined()
})

test('what is added and revoked counts within a second', async () => {
  const { open, path, key, id, clock } = await setUp()
  const keys = open()
  const before = keys.holderOf(key)
  const other = await addKey(path, { name: 'b' }, { clock })
  expect(keys.holderOf(other.key)).toMatchObject({ name: 'b' }) // at once
  expect(keys.callerOf(id)).toBe(before) // who has not changed stays the same
  await revokeKey(path, 'a', { clock })
  clock.turn(999)
  expect(keys.holderOf(key)).toBeUndefined()
  expect(keys.callerOf(id)).toBeUndefined()
})

test('a changed bound makes another caller of a key', async () => {
  const { open, path, id, clock } = await setUp()
  const keys = open()
  const before = keys.callerOf(id)
  writeFileSync(path, readFileSync(path, 'utf8').replace('dbs1', 'dbs2'))
  clock.turn(999)
  expect(keys.callerOf(id)).toMatchObject({ plans: ['dbs2'] })
  expect(keys.callerOf(id)).not.toBe(before)
})

test.each([
  ['broken', (path: string) => writeFileSync(path, '{')],
  ['open to others', (path: string) => chmodSync(path, 0o644)],
])('a file that becomes %s leaves the keys it had, and is told once', async (_, spoil) => {
  const { open, path, key, clock, lines } = await setUp()
  const keys = open()
  const good = readFileSync(path)
  spoil(path)
  for (let look = 0; look < 5; look++) {
    clock.turn(999)
    expect(keys.holderOf(key)).toBeDefined()
  }
  expect(lines).toHaveLength(1)
  writeFileSync(`${path}.new`, good, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  await revokeKey(path, 'a', { clock })
  clock.turn(999)
  expect(keys.holderOf(key)).toBeUndefined()
})

test('a file that is gone opens nothing until it is back', async () => {
  const { open, path, key, clock, lines } = await setUp()
  const keys = open()
  renameSync(path, `${path}.away`)
  clock.turn(999)
  expect(keys.holderOf(key)).toBeUndefined()
  clock.turn(999)
  expect(keys.holderOf(key)).toBeUndefined()
  expect(lines).toHaveLength(1)
  renameSync(`${path}.away`, path)
  clock.turn(999)
  expect(keys.holderOf(key)).toBeDefined()
})

test('no server starts on a file that is missing or open to others', async () => {
  const { open, path } = await setUp()
  chmodSync(path, 0o604)
  expect(open).toThrowError(expect.objectContaining({ code: 'invalid-setting', hint: `chmod 600 ${path}` }))
  rmSync(path)
  expect(open).toThrowError(expect.objectContaining({ code: 'invalid-setting', message: `There is no keys file ${path}.` }))
})
