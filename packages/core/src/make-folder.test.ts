import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolder } from './make-folder.js'

let base: string
beforeAll(async () => void (base = await mkdtemp(join(tmpdir(), 'backset-folder-'))))
afterAll(() => rm(base, { recursive: true, force: true }))

test('makes what is missing, with its mode, and bears what is there', async () => {
  const deep = join(base, 'a/b/c')
  await makeFolder(deep, 0o700)
  expect((await stat(join(base, 'a'))).mode & 0o777).toBe(0o700)
  await makeFolder(deep)
  await makeFolder('/')
  expect((await stat(deep)).isDirectory()).toBe(true)
})

test('many make one folder at once', async () => {
  await Promise.all(Array.from({ length: 20 }, () => makeFolder(join(base, 'many/at/once'))))
  expect((await stat(join(base, 'many/at/once'))).isDirectory()).toBe(true)
})

test('a link to a folder is one; a file is none', async () => {
  await symlink(base, join(base, 'link'))
  await makeFolder(join(base, 'link/inside'))
  await writeFile(join(base, 'file'), '')
  await expect(makeFolder(join(base, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  await expect(makeFolder(join(base, 'file/inside'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test.runIf(process.platform === 'linux')('a name that the system refuses ends it', async () => {
  await expect(makeFolder('/proc/no-such/folder')).rejects.toMatchObject({ code: 'ENOENT' })
})
