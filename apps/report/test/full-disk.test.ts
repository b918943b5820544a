import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startEmulator } from '@backset/emulator'
import { systemClock } from '@backset/core'
import { expect, test } from 'vitest'
import { openFileLedger } from '../src/ledger/file-ledger.js'
import { runCommand, runShell } from './process.js'
import { tempFolder } from './temp-folder.js'

const run = promisify(execFile)

/** A disk of 1 MiB at this folder; undefined where nobody lets us mount one. */
async function smallDisk(folder: string): Promise<AsyncDisposable | undefined> {
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
  return mounted ? { [Symbol.asyncDispose]: async () => void (await run('umount', ['-l', folder])) } : undefined
}

async function fullDisk(command: (config: string) => string, folder: string): Promise<void> {
  await using emulator = await startEmulator({ plans: 1, tasks: 200 })
  const out = join(folder, 'out')
  const config = join(folder, 'reports.yaml')
  await writeFile(config, 'version: 1\nreports:\n  - { name: audit, source: { plans: all }, file: audit.csv, output: out }\n')
  expect(await runCommand(['run', config], emulator)).toMatchObject({ exit: 0, stderr: '' })
  const [before, manifest] = [await readFile(join(out, 'audit.csv')), await readFile(join(out, 'audit.csv.manifest.json'))]
  await using large = await startEmulator({ plans: 1, tasks: 20_000 })
  const { exit, stdout, stderr } = await runShell(command(config), large)
  expect({ exit, runs: JSON.parse(stdout) as unknown }).toMatchObject({
    exit: 9,
    runs: [{ name: 'audit', outcome: 'failed', error: { code: 'disk-full' } }],
  })
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'disk-full', hint: expect.stringContaining('Make room') as string } })
  expect(await readFile(join(out, 'audit.csv'))).toEqual(before)
  expect(await readFile(join(out, 'audit.csv.manifest.json'))).toEqual(manifest)
  expect((await readdir(out, { recursive: true })).filter((name) => /part$|lock$|claim$/.test(name))).toEqual([])
  const outcomes: string[] = []
  for await (const { outcome, reason = '' } of openFileLedger(out, { clock: systemClock, owner: 'test' }).history())
    outcomes.push(`${outcome} ${reason.slice(0, 9)}`)
  expect(outcomes).toEqual(['ok ', 'failed disk-full'])
}

test('a file that may grow no more leaves the old export', { timeout: 60_000 }, async () => {
  await using folder = await tempFolder()
  await fullDisk((config) => `ulimit -f 1000; $report run ${config} -o json`, folder.path)
})

test('a disk of 1 MiB leaves the old export', { timeout: 60_000 }, async () => {
  await using folder = await tempFolder()
  const out = join(folder.path, 'out')
  await mkdir(out)
  await using disk = await smallDisk(out)
  // Who may not mount a disk tries the limit of a shell again, so that the test says something everywhere.
  await fullDisk((config) => `${disk === undefined ? 'ulimit -f 900; ' : ''}$report run ${config} -o json`, folder.path)
})
