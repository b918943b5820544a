import { appendFile, lstat, mkdtemp, open, readFile, rm, symlink, writeFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, type Clock } from '@backset/core'
import { assert, asyncProperty, integer, nat } from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { SideFile, type SideState } from './side-file.js'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'backset-side-'))))
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

const state = (to: number): SideState => ({ taskId: 'urx0', size: 2 ** 40, etag: '"A"', have: [{ from: 0, to }] })

/** Notes of one run, and what they made. */
async function noted(file: string, lengths: readonly number[], clock: Clock = systemClock): Promise<SideFile> {
  const side = new SideFile(file, clock)
  for (const to of lengths) await side.write(state(to))
  await side.close()
  return side
}

test('the last note counts, in a file for its owner alone', async () => {
  const side = await noted(join(folder, 'last'), [1, 2, 3])
  expect(await side.read()).toEqual(state(3))
  expect((await readFile(side.path, 'utf8')).split('\n')).toHaveLength(4)
  expect((await lstat(side.path)).mode & 0o777).toBe(0o600)
})

test('wherever the file ends, the last whole note counts', async () => {
  const side = await noted(join(folder, 'torn'), [1, 2, 3, 4, 5])
  const bytes = await readFile(side.path)
  await assert(
    asyncProperty(nat(bytes.length), integer({ min: 0, max: 3 }), async (length, zeros) => {
      await writeFile(side.path, Buffer.concat([bytes.subarray(0, length), Buffer.alloc(zeros)]))
      // The line's end says nothing that its last brace does not.
      const whole = `${bytes.subarray(0, length).toString()}\n`.split('}\n').length - 1
      const left = zeros > 0 && bytes[length - 1] === 0x7d ? whole - 1 : whole
      expect(await side.read()).toEqual(left === 0 ? undefined : state(left))
    }),
  )
})

test('another run begins with a whole file, so that nothing follows a torn note', async () => {
  const side = await noted(join(folder, 'again'), [1, 2])
  await appendFile(side.path, '{"version":1,"ta')
  expect(await side.read()).toEqual(state(2))
  await noted(join(folder, 'again'), [3, 4])
  expect(
    (await readFile(side.path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toHaveLength(2)
  expect(await side.read()).toEqual(state(4))
})

test('it is begun anew before it grows without end', async () => {
  const side = new SideFile(join(folder, 'long'), systemClock)
  const have = Array.from({ length: 20_000 }, (_, index) => ({ from: index * 100, to: index * 100 + 50 }))
  for (let to = 1; to <= 8; to++) await side.write({ ...state(1), have: [...have, { from: 3_000_000, to: 3_000_000 + to }] })
  await side.close()
  expect((await lstat(side.path)).size).toBeLessThan(2 ** 20 + 2 * 300_000)
  expect((await side.read())?.have.at(-1)).toEqual({ from: 3_000_000, to: 3_000_008 })
})

test('notes are synced once a second, and when asked for', async () => {
  let now = 0
  const side = new SideFile(join(folder, 'synced'), { ...systemClock, monotonic: () => now })
  await side.write(state(1))
  await using handle = await open(side.path)
  const syncs = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'datasync')
  for (now of [10, 500, 999]) await side.write(state(now))
  expect(syncs).toHaveBeenCalledTimes(0)
  await side.write(state((now = 1000)))
  expect(syncs).toHaveBeenCalledTimes(1)
  await side.sync()
  expect(syncs).toHaveBeenCalledTimes(1)
  await side.write(state((now = 1001)))
  await side.sync()
  expect(syncs).toHaveBeenCalledTimes(2)
  await side.close()
})

test('a link in its place is not written through', async () => {
  const target = join(folder, 'target')
  await writeFile(target, 'another file')
  await symlink(target, join(folder, 'linked.part.json'))
  await noted(join(folder, 'linked'), [1, 2])
  expect(await readFile(target, 'utf8')).toBe('another file')
})

test('removed while it is written, it can be written again', async () => {
  const side = new SideFile(join(folder, 'removed'), systemClock)
  await side.write(state(1))
  await side.write(state(2))
  await side.remove()
  expect(await side.read()).toBeUndefined()
  await side.write(state(3))
  await side.close()
  expect(await side.read()).toEqual(state(3))
})
