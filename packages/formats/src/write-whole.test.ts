import { mkdtemp, open, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDraft } from './write-whole.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backset-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('a file appears under its name when finished', async () => {
  const path = join(folder, 'tasks.csv')
  const draft = await openDraft(path)
  await draft.write('a\n')
  await draft.write('b\n')
  expect(await readdir(folder)).not.toContain('tasks.csv')
  await draft.finish()
  await draft.discard()
  expect(await readFile(path, 'utf8')).toBe('a\nb\n')
  expect(await readdir(folder)).toEqual(['tasks.csv'])
})

test('a discarded draft leaves the earlier file alone', async () => {
  const path = join(folder, 'tasks.csv')
  await writeFile(path, 'old\n')
  const draft = await openDraft(path)
  await draft.write('half of')
  await draft.discard()
  expect(await readFile(path, 'utf8')).toBe('old\n')
  expect(await readdir(folder)).toEqual(['tasks.csv'])
})

test('a folder that is not there is named at once', async () => {
  await expect(openDraft(join(folder, 'no', 'tasks.csv'))).rejects.toMatchObject({
    code: 'cannot-write',
    message: expect.stringContaining('its folder does not exist'),
  })
})

test('a folder or a device is not replaced', async () => {
  await expect(openDraft(folder)).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining('no regular file') })
  await expect(openDraft('/dev/null')).rejects.toMatchObject({ code: 'cannot-write' })
})

test.runIf(process.platform === 'linux')('a name of a stream is refused, whatever stands behind it', async () => {
  const path = join(folder, 'kept')
  await using file = await open(path, 'a')
  await file.write('old')
  await symlink(`/proc/self/fd/${file.fd}`, join(folder, 'stream'))
  for (const name of [`/dev/fd/${file.fd}`, `/proc/self/fd/${file.fd}`, join(folder, 'stream')])
    await expect(openDraft(name)).rejects.toMatchObject({
      code: 'cannot-write',
      message: expect.stringContaining('stands for a stream') as string,
    })
  expect(await readFile(path, 'utf8')).toBe('old')
})

test('a link stays and its target is replaced', async () => {
  await writeFile(join(folder, 'real.csv'), 'old\n')
  await symlink(join(folder, 'real.csv'), join(folder, 'link.csv'))
  const draft = await openDraft(join(folder, 'link.csv'))
  await draft.write('new\n')
  await draft.finish()
  expect(await readFile(join(folder, 'real.csv'), 'utf8')).toBe('new\n')
  expect(await readlink(join(folder, 'link.csv'))).toBe(join(folder, 'real.csv'))
})

test('a link whose target is missing makes it', async () => {
  await symlink('later.csv', join(folder, 'dangling.csv'))
  const draft = await openDraft(join(folder, 'dangling.csv'))
  await draft.write('new\n')
  await draft.finish()
  expect(await readFile(join(folder, 'later.csv'), 'utf8')).toBe('new\n')
  expect(await readlink(join(folder, 'dangling.csv'))).toBe('later.csv')
})

test('an aborted signal ends the writing', async () => {
  const draft = await openDraft(join(folder, 'tasks.csv'), { signal: AbortSignal.abort() })
  await expect(draft.write('a')).rejects.toMatchObject({ code: 'aborted' })
  await draft.discard()
  expect(await readdir(folder)).toEqual([])
})
