import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { onStage } from './emulated.js'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test.each([1, 4])('a file comes whole over %i connections', (connections) =>
  onStage({ scenario: { files: { bytes: 20_000_000 } } }, async ({ fetch, bytes, folder, taskId, asked }) => {
    const seen: number[] = []
    const fetched = await fetch({ connections, onProgress: (progress) => seen.push(progress.bytes) })
    const file = await readFile(fetched.file)
    expect(file.equals(await bytes())).toBe(true)
    expect(fetched).toEqual({
      taskId,
      file: `${folder}/${taskId}.tar.gz`,
      bytes: 20_000_000,
      sha256: sha256(file),
      resumedFrom: 0,
      alreadyThere: false,
    })
    expect((await stat(fetched.file)).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).toSorted()).toEqual([`${taskId}.tar.gz`, `${taskId}.tar.gz.manifest.json`])
    expect(seen.at(-1)).toBe(20_000_000)
    expect(new Set(asked()).size).toBe(connections === 1 ? 1 : asked().length)
  }),
)

test('the manifest says what and whence, and no link', () =>
  onStage({ scenario: { files: { bytes: 5000 } } }, async ({ fetch, emulator, taskId, folder }) => {
    const { file, sha256: hash } = await fetch({ connections: 1 })
    const text = await readFile(`${file}.manifest.json`, 'utf8')
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      taskId,
      file: `${taskId}.tar.gz`,
      bytes: 5000,
      sha256: hash,
      sourceHost: new URL(emulator.url).host,
      network: 'internet',
      checked: ['size', 'content-md5', 'crc64'],
    })
    expect(text).not.toMatch(/Signature|Expires|files\//)
    expect((await stat(`${file}.manifest.json`)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toHaveLength(2)
  }))

test('a second run asks nothing and computes the hash', () =>
  onStage({ scenario: { files: { bytes: 300_000 } } }, async ({ fetch, asked }) => {
    const first = await fetch()
    const requests = asked().length
    expect(await fetch()).toEqual({ ...first, alreadyThere: true })
    expect(asked()).toHaveLength(requests)
    await writeFile(first.file, Buffer.alloc(300_000))
    await expect(fetch()).rejects.toMatchObject({ code: 'cannot-write', hint: expect.stringContaining('--force') })
    expect(await fetch({ force: true })).toEqual(first)
  }))

test.each([0, 1])('a file of %i bytes is a file', (size) =>
  onStage({ scenario: { files: { bytes: size } } }, async ({ fetch }) => {
    const { bytes, file } = await fetch()
    expect([bytes, (await stat(file)).size]).toEqual([size, size])
  }),
)

test('over a slow road bytes are written, and told, before they make a batch', () =>
  onStage({ scenario: { files: { bytes: 200_000_000, bytesPerSecond: 500_000 } } }, async ({ fetch }) => {
    const leave = new AbortController()
    let seen = 0
    const onProgress = ({ bytes }: { readonly bytes: number }): void => {
      seen = bytes
      if (bytes > 0) leave.abort() // before that the first write is under way
    }
    await expect(fetch({ connections: 1, onProgress, signal: leave.signal })).rejects.toMatchObject({ code: 'aborted' })
    expect(seen).toBeLessThan(2 ** 20)
  }))
