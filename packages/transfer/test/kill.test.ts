import { execFile, spawn } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { systemClock } from '@backset/core'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { bytesIn } from '../src/ranges.js'
import { SideFile } from '../src/side-file.js'
import { linkOf, onStage } from './emulated.js'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../node_modules/.cache/fetch-child.mjs', import.meta.url))

// A child that is killed has to be a process of its own, which reads no TypeScript.
beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('fetch-child.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['@backset/source'],
    external: ['undici', '@alicloud/credentials'],
    logLevel: 'warning',
  })
}, 60_000)

/** Bytes that the side file says are there. */
async function keptIn(folder: string, taskId: string): Promise<number> {
  const state = await new SideFile(`${folder}/${taskId}.tar.gz`, systemClock).read()
  return bytesIn(state?.have ?? [])
}

test.each([
  [6_000_000, 4],
  [8_000_000, 16],
  [30_000_000, 16],
])(
  '%d bytes by %d connections: 5 kills, and the file is right, at most a twentieth of it fetched twice',
  { timeout: 240_000 },
  (size, connections) =>
    onStage({ scenario: { files: { bytes: size } } }, async ({ emulator, folder, taskId, fetch, bytes }) => {
      const link = linkOf(emulator, taskId)
      let twice = 0
      const kills = 5
      for (let [killed, kept] = [0, 0]; killed < kills; killed++) {
        const after = 1 + randomInt(Math.ceil((size - kept) / (kills - killed)))
        const written = await writtenByKilled([link, folder, taskId, '--connections', String(connections), '--kill-after', String(after)])
        const left = await keptIn(folder, taskId)
        twice = Math.max(twice, kept + written - left)
        kept = left
      }
      const { file, sha256, resumedFrom } = await fetch()
      const right = await bytes()
      expect(sha256).toBe(createHash('sha256').update(right).digest('hex'))
      expect((await readFile(file)).equals(right)).toBe(true)
      expect(resumedFrom).toBeGreaterThan(0)
      expect(await readdir(folder)).toHaveLength(2)
      expect(twice / size).toBeLessThanOrEqual(0.05)
    }),
)

/** A fetch that is killed as it writes. */
async function writtenByKilled(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return Number(output)
}

test('20 kills from outside, while little comes at a time', { timeout: 240_000 }, () =>
  onStage({ scenario: { files: { bytes: 40_000_000, bytesPerSecond: 3_000_000 } } }, async (stage) => {
    const { emulator, folder, taskId, fetch } = stage
    const [size, kills] = [40_000_000, 20]
    const link = linkOf(emulator, taskId)
    let killed = 0
    let twice = 0
    for (let kept = 0; killed < kills; killed++) {
      const seen = await killedChild([link, folder, taskId], kept + randomInt(Math.ceil((size - kept) / (kills - killed))))
      kept = await keptIn(folder, taskId)
      twice = Math.max(twice, seen - kept)
    }
    emulator.play({ files: { bytes: size } })
    const before = stage.asked().length
    const { file, sha256, resumedFrom } = await fetch()
    const bytes = await stage.bytes()
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect((await readFile(file)).equals(bytes)).toBe(true)
    expect(stage.asked().length).toBeGreaterThan(before)
    expect(resumedFrom).toBeGreaterThan(0)
    expect(twice / size).toBeLessThanOrEqual(0.05)
  }),
)

/** Starts a fetch and kills it once it has written so many bytes. @returns how many it had written at most */
async function killedChild(args: readonly string[], at: number): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let seen = 0
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    seen = Math.max(seen, ...lines.map(Number))
    if (seen >= at) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return seen
}

test('a disk that fills up on the way keeps what has come', () =>
  onStage({ scenario: { files: { bytes: 20_000_000 } } }, async ({ emulator, folder, taskId, fetch, bytes }) => {
    // A bound on the length of files, which is told as a full disk is.
    const limited = 'ulimit -f 12000; exec "$0" "$@"'
    const { stdout } = await run('/bin/sh', ['-c', limited, process.execPath, script, linkOf(emulator, taskId), folder, taskId])
    expect(stdout.trim().split('\n').at(-1)).toBe('disk-full')
    expect((await readdir(folder)).toSorted()).toEqual([`${taskId}.tar.gz.part`, `${taskId}.tar.gz.part.json`])
    const { file, resumedFrom } = await fetch()
    expect(resumedFrom).toBeGreaterThan(0)
    expect((await readFile(file)).equals(await bytes())).toBe(true)
  }))
