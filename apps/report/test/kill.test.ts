import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startEmulator } from '@backset/emulator'
import { systemClock } from '@backset/core'
import { expect, test } from 'vitest'
import { openFileLedger } from '../src/ledger/file-ledger.js'
import { ending, runCommand, startCommand } from './process.js'
import { tempFolder } from './temp-folder.js'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const kills = 50

test(`${kills} kills leave the old or the new export, whole`, { timeout: 600_000 }, async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 900, latencyMs: 8 })
  await using folder = await tempFolder()
  const out = join(folder.path, 'out')
  const exported = join(out, 'audit.ndjson')
  // The same tasks with other columns: which export stands is told by its bytes.
  const config = async (columns: string): Promise<string> => {
    const path = join(folder.path, `${columns.length}.yaml`)
    const fields = `name: audit, source: { plans: all }, format: ndjson, file: audit.ndjson, output: out, onlyChanges: false, columns: [${columns}]`
    await writeFile(path, `version: 1\nreports:\n  - { ${fields} }\n`)
    return path
  }
  const configs = [await config('task'), await config('task, status, created, size')]
  const whole: string[] = []
  const begun = performance.now()
  for (const path of configs) {
    const { exit, stderr } = await runCommand(['run', path], emulator)
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    whole.push(sha256(await readFile(exported)))
  }
  const usualMs = (performance.now() - begun) / configs.length
  let [standing, killed, changed] = [1, 0, 0]
  for (let round = 0; killed < kills; round++) {
    const next = round % 2
    const child = startCommand(['run', configs[next] ?? ''], emulator)
    await Promise.race([delay(usualMs * (0.2 + 0.7 * Math.random())), ending(child)])
    child.kill('SIGKILL')
    if ((await ending(child)) === 'SIGKILL') killed++
    const found = whole.indexOf(sha256(await readFile(exported)))
    expect([standing, next]).toContain(found)
    if (found !== standing) changed++
    standing = found
    // The last kill is followed by a run also when some rounds ended before their kill.
    if (round % 10 !== 9 && killed < kills) continue
    const { exit, stdout } = await runCommand(['run', configs[next] ?? '', '-o', 'json'], emulator)
    expect({ exit, runs: JSON.parse(stdout) as unknown }).toMatchObject({ exit: 0, runs: [{ outcome: 'ok', sha256: whole[next] }] })
    standing = next
  }
  const manifest = JSON.parse(await readFile(`${exported}.manifest.json`, 'utf8')) as { readonly sha256: string }
  expect(manifest.sha256).toBe(whole[standing])
  const outcomes: string[] = []
  for await (const { outcome } of openFileLedger(out, { clock: systemClock, owner: 'test' }).history()) outcomes.push(outcome)
  const count = (wanted: string): number => outcomes.filter((outcome) => outcome === wanted).length
  // Some were killed before they began.
  expect(count('ok')).toBeGreaterThan(2)
  expect(count('abandoned')).toBeGreaterThan(kills / 5)
  expect(count('ok') + count('abandoned')).toBe(outcomes.length)
  expect(changed).toBeLessThanOrEqual(count('ok'))
  expect(await readdir(out)).toEqual(expect.arrayContaining(['audit.ndjson', 'audit.ndjson.manifest.json', '.backset-report']))
  expect((await readdir(out, { recursive: true })).filter((name) => /part$|lock$/.test(name))).toEqual([])
})
