import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { locked } from '../lock.mjs'

const folder = mkdtempSync(join(tmpdir(), 'backset-lock-'))
afterEach(() => {
  for (const file of readdirSync(folder)) rmSync(join(folder, file))
})

test('a lock is gone when its work has ended', async () => {
  expect(await locked(folder, 'run', async () => readdirSync(folder))).toEqual(['.run.lock'])
  expect(readdirSync(folder)).toEqual([])
})

test('a lock is gone when its work has failed', async () => {
  await expect(locked(folder, 'run', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(readdirSync(folder)).toEqual([])
})

test('two works under one lock never overlap', async () => {
  const steps: string[] = []
  const work = (name: string) => async () => {
    steps.push(`${name} begins`)
    await new Promise((resolve) => setImmediate(resolve))
    steps.push(`${name} ends`)
  }
  await Promise.all([locked(folder, 'run', work('one')), locked(folder, 'run', work('other'))])
  expect(steps).toEqual(['one begins', 'one ends', 'other begins', 'other ends'])
})

test('the lock of a dead process is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '0'])
  writeFileSync(join(folder, '.run.lock'), String(pid))
  expect(await locked(folder, 'run', async () => 'done')).toBe('done')
  expect(readdirSync(folder)).toEqual([])
})
