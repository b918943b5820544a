import { mkdir, open, readdir, readFile, rename, rmdir, writeFile, type FileHandle } from 'node:fs/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { onStage } from './emulated.js'

const size = 12_000_000
const scenario = { files: { bytes: size } }
const broken = Object.assign(new Error('input/output error'), { code: 'EIO' })

const handles = await (async () => {
  await using file = await open(process.execPath)
  return Object.getPrototypeOf(file) as FileHandle
})()

afterEach(() => vi.restoreAllMocks())

/** One sync fails. The system then takes what it could not write for written, and the next sync says that all is well. */
function failOnce(name: 'datasync' | 'sync', isMeant: (handle: FileHandle) => Promise<boolean>, onFailure: () => Promise<void>): void {
  const real = Object.getOwnPropertyDescriptor(handles, name)?.value as () => Promise<void>
  let failed = false
  vi.spyOn(handles, name).mockImplementation(async function (this: FileHandle) {
    if (!failed && (await isMeant(this))) {
      failed = true
      await onFailure()
      throw broken
    }
    await real.call(this)
  })
}

test.each([1, 4, 16])('after a checkpoint that failed nothing more is told to be there (%d connections)', (connections) =>
  onStage({ scenario }, async ({ folder, taskId, fetch, bytes }) => {
    const side = `${folder}/${taskId}.tar.gz.part.json`
    let told = ''
    let checkpoints = 0
    failOnce(
      'datasync',
      async () => ++checkpoints === 5,
      async () => void (told = await readFile(side, 'utf8')),
    )
    await expect(fetch({ connections })).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining('EIO') })
    expect(told).not.toBe('')
    expect(await readFile(side, 'utf8')).toBe(told)
    const { file, resumedFrom } = await fetch({ connections })
    expect(resumedFrom).toBeGreaterThan(0)
    expect((await readFile(file)).equals(await bytes())).toBe(true)
  }),
)

test('a last sync that failed leaves what the checkpoints told', () =>
  onStage({ scenario }, async ({ folder, taskId, fetch }) => {
    const side = `${folder}/${taskId}.tar.gz.part.json`
    let told = ''
    failOnce(
      'sync',
      async (handle) => (await handle.stat()).size === size,
      async () => void (told = await readFile(side, 'utf8')),
    )
    await expect(fetch()).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining('EIO') })
    expect(await readFile(side, 'utf8')).toBe(told)
    expect((await fetch()).bytes).toBe(size)
  }))

test('a first checkpoint that failed leaves nothing', () =>
  onStage({ scenario }, async ({ folder, fetch }) => {
    failOnce(
      'datasync',
      async () => true,
      async () => undefined,
    )
    await expect(fetch()).rejects.toMatchObject({ code: 'cannot-write' })
    expect(await readdir(folder)).toEqual([])
  }))

test('a side file that cannot be read costs nothing: the next run reads it', () =>
  onStage({ scenario }, async ({ folder, taskId, fetch }) => {
    const stop = new AbortController()
    const onProgress = ({ bytes }: { bytes: number }): void => void (bytes > size / 2 && stop.abort())
    await expect(fetch({ onProgress, signal: stop.signal })).rejects.toMatchObject({ code: 'aborted' })
    const side = `${folder}/${taskId}.tar.gz.part.json`
    const kept = await readFile(side, 'utf8')
    await rename(side, `${side}.aside`)
    await mkdir(side)
    await expect(fetch()).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining('part.json cannot be written') })
    await rmdir(side)
    await writeFile(side, kept)
    expect((await fetch()).resumedFrom).toBeGreaterThan(size / 2)
  }))

test('what a kill after the renaming left is swept by the run that finds the file there', () =>
  onStage({ scenario }, async ({ folder, taskId, fetch }) => {
    await fetch()
    const side = `${folder}/${taskId}.tar.gz.part.json`
    await writeFile(side, '{}')
    expect((await fetch()).alreadyThere).toBe(true)
    expect(await readdir(folder)).toEqual([`${taskId}.tar.gz`, `${taskId}.tar.gz.manifest.json`])
    await writeFile(side, '{}')
    await writeFile(`${folder}/${taskId}.tar.gz.part`, 'of a run with --force')
    expect((await fetch()).alreadyThere).toBe(true)
    expect(await readdir(folder)).toHaveLength(4)
  }))

test.each([
  ['.part.json', 'cannot be written: EISDIR'],
  ['.manifest.json', 'is a folder'],
  ['', 'is a folder'],
])('a folder in the place of the file%s is told, and nothing is asked for', (ending, says) =>
  onStage({ scenario }, async ({ folder, taskId, fetch, asked }) => {
    await mkdir(`${folder}/${taskId}.tar.gz${ending}`)
    await expect(fetch({ force: true })).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining(says) })
    expect(asked()).toEqual([])
    expect(await readdir(folder)).toEqual([`${taskId}.tar.gz${ending}`])
  }),
)
