import { execFile } from 'node:child_process'
import { appendFile, lstat, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { systemClock, type Clock } from '@backset/core'
import { assert, asyncProperty, integer, nat } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SideFile, type SideState } from './side-file.js'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'backset-side-'))))
afterAll(() => rm(folder, { recursive: true }))

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

test('each second, and at last, a note replaces the file, whatever became of it', async () => {
  let now = 0
  const side = new SideFile(join(folder, 'replaced'), { ...systemClock, monotonic: () => now })
  const lines = async (): Promise<number> => (await readFile(side.path, 'utf8')).split('\n').length - 1
  for (now of [10, 500, 1009]) await side.write(state(now))
  expect(await lines()).toBe(3)
  await rm(side.path)
  now = 1010
  await side.write(state(2000))
  expect([await lines(), await side.read()]).toEqual([1, state(2000)])
  await side.write(state(2001))
  expect(await lines()).toBe(2)
  await rm(side.path)
  await side.write(state(2002), true)
  expect([await lines(), await side.read()]).toEqual([1, state(2002)])
  await side.close()
})

test.each([
  ['another kind of JSON', '5'],
  ['another version', '{"version":2,"taskId":"urx0","size":9,"etag":"\\"A\\"","have":[[0,9]]}'],
  ['a tag that cannot be sent', JSON.stringify({ version: 1, taskId: 'urx0', size: 9, etag: '"a\r\nb"', have: [[0, 9]] })],
  ['a weak tag', JSON.stringify({ version: 1, taskId: 'urx0', size: 9, etag: 'W/"A"', have: [[0, 9]] })],
  [
    'ranges that touch',
    JSON.stringify({
      version: 1,
      taskId: 'urx0',
      size: 9,
      etag: '"A"',
      have: [
        [0, 3],
        [3, 9],
      ],
    }),
  ],
])('%s is no note: the one before it counts', async (_, line) => {
  const side = await noted(join(folder, 'odd'), [1, 2])
  await appendFile(side.path, `${line}\n`)
  expect(await side.read()).toEqual(state(2))
})

test('what is no file of ours is none, and nothing waits for it', async () => {
  const side = new SideFile(join(folder, 'foreign'), systemClock)
  await promisify(execFile)('mkfifo', [side.path])
  expect(await side.read()).toBeUndefined()
  await side.write(state(1))
  await side.close()
  expect(await side.read()).toEqual(state(1))
  await truncate(side.path, 65 * 2 ** 20)
  expect(await side.read()).toBeUndefined()
})

test('a link in its place is not written through', async () => {
  const target = join(folder, 'target')
  await writeFile(target, 'another file')
  await symlink(target, join(folder, 'linked.part.json'))
  await noted(join(folder, 'linked'), [1])
  expect(await new SideFile(join(folder, 'linked'), systemClock).read()).toEqual(state(1))
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
