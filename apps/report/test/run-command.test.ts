import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@backset/core'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { createCli } from '../src/cli.js'
import type { Sink } from '../src/command.js'
import { tempFolder } from './temp-folder.js'
import { environmentOf } from './world.js'

const memorySink = (): Sink & { readonly text: () => string } => {
  let text = ''
  return { isTTY: false, columns: undefined, write: async (more) => void (text += more), text: () => text }
}

/** Runs the command line in this process. */
async function backsetReport(argv: readonly string[], cwd: string, emulator?: Emulator) {
  const [stdout, stderr] = [memorySink(), memorySink()]
  const exitCode = await createCli({
    env: { ...(emulator !== undefined && environmentOf(emulator)), ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' },
    stdout,
    stderr,
    homeDir: '/nowhere',
    cwd,
    version: '0.0.0',
    clock: systemClock,
    random: () => 0,
    owner: 'host/1',
    signal: new AbortController().signal,
  })(argv)
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() }
}

const config = `version: 1
defaults: { output: out, timezone: Asia/Shanghai }
reports:
  - { name: weekly, source: { plans: all }, window: previous-week }
  - { name: lake, source: { plans: all }, format: ndjson, compress: gzip, file: "lake/{due}.{ext}" }
`

async function inFolder(text = config) {
  const folder = await tempFolder()
  await writeFile(join(folder.path, 'reports.yaml'), text)
  return folder
}

test('every report runs and is printed as JSON', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 30 })
  await using folder = await inFolder()
  const { exitCode, stdout, stderr } = await backsetReport(['run', 'reports.yaml', '--due', '2026-11-23T06:00'], folder.path, emulator)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'weekly', outcome: 'ok', file: join(folder.path, 'out/weekly-20261122T220000Z.csv') },
    { name: 'lake', outcome: 'ok', rows: 30, manifest: join(folder.path, 'out/lake/20261122T220000Z.ndjson.gz.manifest.json') },
  ])
})

test('a dry run sends and writes nothing', async () => {
  await using emulator = await startEmulator()
  await using folder = await inFolder()
  const { exitCode, stdout } = await backsetReport(['run', 'reports.yaml', '--due', '2026-11-23T06:00', '--dry-run'], folder.path, emulator)
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'weekly', due: '2026-11-22T22:00:00.000Z', window: { from: '2026-11-15T16:00:00.000Z', to: '2026-11-22T16:00:00.000Z' } },
    { name: 'lake', plans: 'all', format: 'ndjson.gz' },
  ])
  expect(emulator.requestCount).toBe(0)
  expect(await readdir(folder.path)).toEqual(['reports.yaml'])
  const text = await backsetReport(['run', 'reports.yaml', '--dry-run', '-o', 'text', '--only', 'lake'], folder.path, emulator)
  expect(text.stdout).toMatch(/^lake\n {2}due .*\n {2}asks {5}all plans\n {2}writes .*out\/lake\/.*Z\.ndjson\.gz\n$/)
})

test('the worst of several exit codes counts', async () => {
  await using emulator = await startEmulator({
    plans: 1,
    tasks: 250,
    scenario: { rules: [{ pageNum: 2, fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] },
  })
  await using folder = await inFolder()
  const { exitCode, stdout, stderr } = await backsetReport(
    ['run', 'reports.yaml', '-o', 'json', '--page-size', '100'],
    folder.path,
    emulator,
  )
  expect(exitCode).toBe(3)
  expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'failed', error: { code: 'no-permission' } }, { outcome: 'failed' }])
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toMatchObject([{ error: { code: 'no-permission' } }, {}])
})

test('an alarm that failIf names ends with 10', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await inFolder(
    'version: 1\nreports:\n  - { name: a, source: { plans: all }, alarms: { silent: 1ms }, failIf: [silent] }\n',
  )
  const { exitCode, stdout } = await backsetReport(['run', 'reports.yaml'], folder.path, emulator)
  expect({ exitCode, runs: JSON.parse(stdout) as unknown }).toMatchObject({ exitCode: 10, runs: [{ outcome: 'ok', rows: 3 }] })
})

test('a report that is not there names the nearest', async () => {
  await using folder = await inFolder()
  const { exitCode, stderr } = await backsetReport(['run', 'reports.yaml', '--only', 'weekyl', '--region', 'cn-hangzhou'], folder.path)
  expect(exitCode).toBe(2)
  expect(stderr).toContain('Did you mean weekly?')
})

test('a file that is wrong sends nothing', async () => {
  await using emulator = await startEmulator()
  await using folder = await inFolder(config.replace('window:', 'windwo:'))
  for (const command of ['run', 'validate']) {
    const { exitCode, stdout, stderr } = await backsetReport([command, 'reports.yaml'], folder.path, emulator)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('reports.yaml:4:45: "windwo" is no key here')
  }
  expect(emulator.requestCount).toBe(0)
})
