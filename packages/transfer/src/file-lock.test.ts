import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { systemClock } from '@backset/core'
import { expect, test } from 'vitest'
import { lockFile } from './file-lock.js'

async function inFolder(play: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'))
  try {
    await play(join(folder, 'file'))
    expect(await readdir(folder)).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
}

const holds = (file: string, holder: object): Promise<void> => writeFile(`${file}.lock`, JSON.stringify(holder))
const take = async (file: string): Promise<void> => {
  await using lock = await lockFile(file)
  expect(lock).toBeDefined()
  expect(existsSync(`${file}.lock`)).toBe(true)
}

test('one holder at a time, and it is free after', () =>
  inFolder(async (file) => {
    {
      await using lock = await lockFile(file)
      expect(lock).toBeDefined()
      await expect(lockFile(file)).rejects.toMatchObject({
        code: 'cannot-write',
        message: expect.stringContaining(`process ${process.pid} `),
      })
    }
    await take(file)
  }))

test('the lock of a process that has ended is taken over', () =>
  inFolder(async (file) => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'close')
    await holds(file, { pid: child.pid, host: hostname(), nonce: 'gone' })
    await take(file)
  }))

test('the lock of a process that lives is kept', () =>
  inFolder(async (file) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await holds(file, { pid: child.pid, host: hostname(), nonce: 'lives' })
    await expect(take(file)).rejects.toMatchObject({ code: 'cannot-write' })
    child.kill()
    await once(child, 'close')
    await take(file)
  }))

test.runIf(process.platform === 'linux')('a later process with the same id is told from the holder', () =>
  inFolder(async (file) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await holds(file, { pid: child.pid, host: hostname(), born: '1', nonce: 'before' })
    await take(file)
    child.kill()
    await once(child, 'close')
  }),
)

test('a holder elsewhere is dead once it is silent', () =>
  inFolder(async (file) => {
    await holds(file, { pid: 1, host: 'elsewhere', nonce: 'far' })
    await expect(take(file)).rejects.toMatchObject({ message: expect.stringContaining('process 1 on elsewhere') })
    const before = (systemClock.now() - 61_000) / 1000
    await utimes(`${file}.lock`, before, before)
    await take(file)
  }))

test.each(['', 'nonsense', '{}'])('a lock that says %j holds nobody', (text) =>
  inFolder(async (file) => {
    await writeFile(`${file}.lock`, text)
    await take(file)
  }),
)

test('what a killed claim left is swept away, what a living one needs is not', () =>
  inFolder(async (file) => {
    const gone = JSON.stringify({ pid: 2 ** 30, host: hostname(), nonce: 'gone' })
    const lives = JSON.stringify({ pid: process.ppid, host: hostname(), nonce: 'lives' })
    await Promise.all([writeFile(`${file}.lock.a1`, gone), writeFile(`${file}.lock.a2`, lives), writeFile(`${file}.lock.a3`, '')])
    await take(file)
    const left = await readdir(dirname(file))
    expect(left.toSorted()).toEqual(['file.lock.a2', 'file.lock.a3'])
    const before = (systemClock.now() - 61_000) / 1000
    await utimes(`${file}.lock.a3`, before, before)
    await take(file)
    expect(await readdir(dirname(file))).toEqual(['file.lock.a2'])
    await rm(`${file}.lock.a2`)
  }))

test('of many at once one gets it', () =>
  inFolder(async (file) => {
    await holds(file, { pid: 2 ** 30, host: hostname(), nonce: 'gone' })
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => lockFile(file)))
    const won = taken.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    expect(won).toHaveLength(1)
    await won[0]?.[Symbol.asyncDispose]()
  }))
