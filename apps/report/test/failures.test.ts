import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { backsetReport } from './command-line.js'
import { tempFolder } from './temp-folder.js'

type Scenario = NonNullable<NonNullable<Parameters<typeof startEmulator>[0]>['scenario']>
type Rule = NonNullable<Scenario['rules']>[number]

const action = 'DescribeBackupSetDownloadTaskList'
const always = (fault: Rule['fault']): Scenario => ({ rules: [{ fault }] })

/** Every fault that no waiting cures, its exit code and our word for it. */
const hopeless: readonly { readonly name: string; readonly scenario: Scenario; readonly exit: number; readonly code: string }[] = [
  {
    name: 'a list that moves on and on',
    scenario: { rules: [{ action, every: 3, move: { change: 'grow', at: 'start' } }] },
    exit: 5,
    code: 'listing-incomplete',
  },
  {
    name: 'a list shorter than it says',
    scenario: { rules: [{ action, shape: { kind: 'extra-total', rows: 5 } }] },
    exit: 5,
    code: 'listing-incomplete',
  },
  {
    name: 'no permission',
    scenario: always({ kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true }),
    exit: 3,
    code: 'no-permission',
  },
  {
    name: 'an unknown key',
    scenario: always({ kind: 'refuse', code: 'InvalidAccessKeyId.NotFound', status: 404 }),
    exit: 3,
    code: 'credentials-refused',
  },
  { name: 'a refusal of another kind', scenario: always({ kind: 'refuse', code: 'SomethingNew', status: 400 }), exit: 1, code: 'refused' },
  { name: 'an id that names nothing', scenario: { rules: [{ action, fault: { kind: 'soft-failure' } }] }, exit: 4, code: 'not-found' },
  { name: 'a throttle that lasts', scenario: always({ kind: 'throttle' }), exit: 1, code: 'throttled' },
  { name: 'a service that is down', scenario: always({ kind: 'unavailable' }), exit: 1, code: 'service-unavailable' },
  { name: 'a web page in place of an answer', scenario: always({ kind: 'html-502' }), exit: 1, code: 'unreadable-answer' },
  { name: 'broken JSON', scenario: always({ kind: 'bad-json' }), exit: 1, code: 'unreadable-answer' },
  {
    name: 'a cut answer amid the list',
    scenario: { rules: [{ action, pageNum: 2, fault: { kind: 'cut-body' } }] },
    exit: 1,
    code: 'unreadable-answer',
  },
  { name: 'an answer without end', scenario: always({ kind: 'huge-body' }), exit: 1, code: 'answer-too-large' },
  { name: 'a redirect', scenario: always({ kind: 'redirect' }), exit: 1, code: 'unreadable-answer' },
  { name: 'a connection that is reset', scenario: always({ kind: 'reset' }), exit: 8, code: 'unreachable' },
]

const config = `version: 1
defaults: { output: out, maxAttempts: 2, pageSize: 30, attemptTimeout: 15s }
reports:
  - { name: audit, source: { plans: all }, file: "audit.{ext}" }
`

test.each(hopeless)('$name ends with $exit, told by the ledger, and the old export stands', async ({ scenario, exit, code }) => {
  await using emulator = await startEmulator({ plans: 1, tasks: 130 })
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'reports.yaml'), config)
  const at = { cwd: folder.path, emulator }
  expect((await backsetReport(['run', 'reports.yaml', '--due', '2026-11-20'], at)).exitCode).toBe(0)
  const out = join(folder.path, 'out')
  const standing = async () => {
    const names = (await readdir(out)).toSorted()
    return Promise.all(names.filter((name) => !name.startsWith('.')).map(async (name) => [name, await readFile(join(out, name), 'utf8')]))
  }
  const before = await standing()
  emulator.play(scenario)
  const { exitCode, stdout, stderr } = await backsetReport(['run', 'reports.yaml', '--due', '2026-11-21', '-o', 'json'], at)
  expect(exitCode).toBe(exit)
  const [said] = JSON.parse(stdout) as { outcome: string; error: { code: string; hint?: string } }[]
  expect(said).toMatchObject({ name: 'audit', outcome: 'failed', error: { code } })
  expect(said?.error.hint).toMatch(/\w/)
  expect(stderr).toContain(code)
  expect(await standing()).toEqual(before)
  expect((await readdir(out)).filter((name) => name.endsWith('.part'))).toEqual([])
  const { stdout: history } = await backsetReport(['history', 'reports.yaml', '-o', 'json'], at)
  expect(JSON.parse(history)).toMatchObject([
    { report: 'audit', due: '2026-11-20T00:00:00.000Z', outcome: 'ok', rows: 130, file: 'audit.csv' },
    { report: 'audit', due: '2026-11-21T00:00:00.000Z', outcome: 'failed', reason: expect.stringContaining(`${code}: `) as string },
  ])
  expect((await backsetReport(['verify', '--chain', 'out'], at)).exitCode).toBe(0)
})

test('of several reports the worst exit code counts', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 30 })
  await using folder = await tempFolder()
  const { world } = emulator
  const text = `${config}  - { name: other, source: { plans: [dbsnone] } }\n  - { name: fine, source: { plans: [${world.planIds[0]}] } }\n`
  await writeFile(join(folder.path, 'reports.yaml'), text)
  emulator.play({ rules: [{ action: 'DescribeBackupPlanList', fault: { kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true } }] })
  const { exitCode, stdout } = await backsetReport(['run', 'reports.yaml'], { cwd: folder.path, emulator })
  expect((JSON.parse(stdout) as { outcome: string }[]).map(({ outcome }) => outcome)).toEqual(['failed', 'ok', 'ok'])
  expect(exitCode).toBe(3)
})

test('a run that is interrupted ends with 130 and is noted', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 30 })
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'reports.yaml'), config)
  emulator.play({ rules: [{ action, fault: { kind: 'hang' } }] })
  const stop = new AbortController()
  const running = backsetReport(['run', 'reports.yaml', '-o', 'json'], { cwd: folder.path, emulator, signal: stop.signal })
  await expect.poll(() => emulator.requests.some((request) => request.action === action)).toBe(true)
  stop.abort()
  expect((await running).exitCode).toBe(130)
  const { stdout } = await backsetReport(['history', 'reports.yaml'], { cwd: folder.path, emulator })
  expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'abandoned', reason: 'It was told to stop.' }])
})
