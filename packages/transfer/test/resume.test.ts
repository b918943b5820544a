import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { onStage, type Stage } from './emulated.js'

const size = 20_000_000
const scenario = { files: { bytes: size } }

/** Fetches until so much is there, and stops. */
async function stopAt({ fetch }: Stage, bytes: number): Promise<void> {
  const stop = new AbortController()
  const fetching = fetch({ signal: stop.signal, onProgress: (progress) => progress.bytes > bytes && stop.abort() })
  await expect(fetching).rejects.toMatchObject({ code: 'aborted' })
}

/** Bytes of the ranges that were asked for since. */
function askedBytes(asked: readonly string[]): number {
  return asked.reduce((sum, range) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
    return sum + Number(to) + 1 - Number(from)
  }, 0)
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

test('a stopped fetch keeps all it has, and goes on', () =>
  onStage({ scenario }, async (stage) => {
    await stopAt(stage, 9_000_000)
    const side = await readFile(`${stage.folder}/${stage.taskId}.tar.gz.part.json`, 'utf8')
    expect(side).not.toMatch(/http|Signature/)
    expect(side.split('\n')).toHaveLength(2) // replaced as a whole, and so on the disk
    expect((await stat(`${stage.folder}/${stage.taskId}.tar.gz.part`)).mode & 0o777).toBe(0o600)
    expect(existsSync(`${stage.folder}/${stage.taskId}.tar.gz.lock`)).toBe(false)
    const before = stage.asked().length
    const { file, resumedFrom, bytes } = await stage.fetch()
    expect(resumedFrom).toBeGreaterThan(9_000_000)
    expect(askedBytes(stage.asked().slice(before))).toBe(size - resumedFrom)
    expect(bytes).toBe(size)
    expect((await readFile(file)).equals(await stage.bytes())).toBe(true)
  }))

test('a part of another version of the file is thrown away', () =>
  onStage({ scenario }, async (stage) => {
    await stopAt(stage, 9_000_000)
    stage.emulator.play({ files: { bytes: size, version: 1 } })
    const { file, resumedFrom } = await stage.fetch()
    expect(resumedFrom).toBe(0)
    expect((await readFile(file)).equals(await stage.bytes())).toBe(true)
  }))

test('a part whose side file lies or cannot be read is thrown away', () =>
  onStage({ scenario }, async (stage) => {
    const side = `${stage.folder}/${stage.taskId}.tar.gz.part.json`
    await stopAt(stage, 9_000_000)
    const text = lastLine(await readFile(side, 'utf8'))
    for (const torn of [
      text.slice(0, -9),
      'null',
      text.replace(stage.taskId, 'another'),
      text.replace(/"have":.*\]\]/, '"have":[[5,2]]'),
      text.replace(/"have":.*\]\]/, '"have":[[0,19999999]]'), // more than the part holds
    ]) {
      await writeFile(side, torn)
      const stop = new AbortController()
      const resumed: number[] = []
      const onProgress = ({ resumedFrom }: { resumedFrom: number }): void => {
        resumed.push(resumedFrom)
        stop.abort()
      }
      await expect(stage.fetch({ signal: stop.signal, onProgress })).rejects.toMatchObject({ code: 'aborted' })
      expect(resumed[0]).toBe(0)
    }
    const { file } = await stage.fetch()
    expect((await readFile(file)).equals(await stage.bytes())).toBe(true)
  }))

test('a whole part without its name is looked at and named', () =>
  onStage({ scenario }, async (stage) => {
    await stopAt(stage, 9_000_000)
    const file = `${stage.folder}/${stage.taskId}.tar.gz`
    const side = JSON.parse(lastLine(await readFile(`${file}.part.json`, 'utf8'))) as object
    await writeFile(`${file}.part`, await stage.bytes())
    await writeFile(`${file}.part.json`, JSON.stringify({ ...side, have: [[0, size]] }))
    const before = stage.asked().length
    expect(await stage.fetch()).toMatchObject({ resumedFrom: size, bytes: size })
    expect(stage.asked().slice(before)).toEqual([`bytes=${size - 1}-${size - 1}`])
    expect((await readFile(file)).equals(await stage.bytes())).toBe(true)
  }))

test('one process at a time fetches a file', () =>
  onStage({ scenario: { files: { bytes: 4_000_000, bytesPerSecond: 20_000_000 } } }, async ({ fetch, folder, taskId }) => {
    const first = fetch()
    await expect.poll(() => existsSync(`${folder}/${taskId}.tar.gz.lock`)).toBe(true)
    await expect(fetch()).rejects.toMatchObject({ code: 'cannot-write', message: expect.stringContaining(`process ${process.pid}`) })
    expect((await first).bytes).toBe(4_000_000)
    expect(await fetch()).toMatchObject({ alreadyThere: true })
  }))
