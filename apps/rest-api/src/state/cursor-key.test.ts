import { chmod, mkdtemp, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCursorKey } from './cursor-key.js'

const folder = () => mkdtemp(join(tmpdir(), 'backset-state-'))

test('the first start makes a key that others cannot read', async () => {
  const stateDir = join(await folder(), 'made', 'here')
  const { key, isPassing } = await openCursorKey({}, stateDir)
  expect({ isPassing, length: key.length }).toEqual({ isPassing: false, length: 32 })
  expect((await stat(join(stateDir, 'cursor.key'))).mode & 0o777).toBe(0o600)
  expect((await stat(stateDir)).mode & 0o777).toBe(0o700)
  expect((await openCursorKey({}, stateDir)).key).toEqual(key)
})

test('first starts at once agree on one key', async () => {
  const stateDir = await folder()
  const keys = await Promise.all(Array.from({ length: 20 }, () => openCursorKey({}, stateDir)))
  const kept = await readFile(join(stateDir, 'cursor.key'))
  for (const { key } of keys) expect(Buffer.from(key)).toEqual(kept)
  expect(await readdir(stateDir)).toEqual(['cursor.key'])
})

test('a key file that others may read is refused', async () => {
  const stateDir = await folder()
  await openCursorKey({}, stateDir)
  await chmod(join(stateDir, 'cursor.key'), 0o640)
  await expect(openCursorKey({}, stateDir)).rejects.toMatchObject({ code: 'invalid-setting', hint: expect.stringContaining('chmod 600') })
})

test('a key file cut short is refused', async () => {
  const stateDir = await folder()
  await writeFile(join(stateDir, 'cursor.key'), 'short', { mode: 0o600 })
  await expect(openCursorKey({}, stateDir)).rejects.toMatchObject({ code: 'invalid-setting', message: expect.stringContaining('5 bytes') })
})

test('the environment gives replicas one key, in hex or base64', async () => {
  const key = Buffer.alloc(32, 0xfb)
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    const read = await openCursorKey({ BACKSET_CURSOR_KEY: key.toString(encoding) }, '/nowhere')
    expect(Buffer.from(read.key)).toEqual(key)
  }
})

test.each(['short', 'x'.repeat(20), 'ab'.repeat(31), 'ä'.repeat(64)])('%s in the environment is no key', async (text) => {
  const refusal = await openCursorKey({ BACKSET_CURSOR_KEY: text }, undefined).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'invalid-setting' })
  expect(String(refusal)).not.toContain(text)
})

test('without a place the key passes with the process', async () => {
  const [one, other] = [await openCursorKey({}, undefined), await openCursorKey({ BACKSET_CURSOR_KEY: '' }, undefined)]
  expect(one.isPassing).toBe(true)
  expect(one.key).not.toEqual(other.key)
})
