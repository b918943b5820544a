import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isGone, ownIdentity } from './process-identity.js'
import { holderOf, leaseMs, takeLock } from './report-lock.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backset-lock-'))
})
afterEach(async () => rm(folder, { recursive: true, force: true }))

const owner = { owner: 'here/1' }
const foreign = (over: object = {}): string =>
  JSON.stringify({ token: 'theirs', owner: 'there/7', process: { machine: 'there', pid: 1, start: '1' }, ...over })

/** A lock that was renewed so long ago. */
async function standing(text: string, agoMs: number, number = 3): Promise<string> {
  const path = join(folder, `weekly.${number}.lock`)
  await writeFile(path, text)
  const renewed = new Date(Date.now() - agoMs)
  await utimes(path, renewed, renewed)
  return path
}

test("another machine's lock stands to the end of its lease", async () => {
  const path = await standing(foreign(), leaseMs - 2000)
  expect(await takeLock(folder, 'weekly', owner)).toMatchObject({ held: undefined, holder: { owner: 'there/7' } })
  const lapsed = new Date(Date.now() - leaseMs - 1000)
  await utimes(path, lapsed, lapsed)
  const { held } = await takeLock(folder, 'weekly', owner)
  expect(await readdir(folder)).toEqual(['weekly.4.lock'])
  expect(await held?.renew()).toBe(true)
  await held?.release()
  expect(await readdir(folder)).toEqual([])
})

test('a process of this machine that is gone holds nothing', async () => {
  const own = await ownIdentity()
  if (own === undefined) return expect(process.platform).not.toBe('linux') // elsewhere leases alone tell
  await standing(foreign({ process: { ...own, start: '1' } }), 0)
  expect((await takeLock(folder, 'weekly', owner)).held).toBeDefined()
  expect(await isGone(own, own)).toBe(false)
  expect(await isGone({ ...own, pid: 2 ** 30 }, own)).toBe(true)
  expect(await isGone({ ...own, machine: 'there', pid: 2 ** 30 }, own)).toBe(false)
})

test('a lock that was damaged lapses like any other', async () => {
  await standing('{"tok', 1000)
  expect(await takeLock(folder, 'weekly', owner)).toEqual({ held: undefined, holder: undefined })
  await standing('{"tok', leaseMs + 1000)
  expect((await takeLock(folder, 'weekly', owner)).held).toBeDefined()
})

test('a lock that was taken over is not made again by who lost it', async () => {
  const { held } = await takeLock(folder, 'weekly', owner)
  await rm(join(folder, 'weekly.1.lock'))
  expect(await held?.renew()).toBe(false)
  await held?.release()
  expect(await readdir(folder)).toEqual([])
  expect(await holderOf(folder, 'weekly')).toBeUndefined()
})
