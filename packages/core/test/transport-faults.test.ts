import { startEmulator, type Emulator, type EmulatorOptions, type Scenario } from '@backset/emulator'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../src/clock.js'
import type { Credentials, CredentialsProvider } from '../src/credentials/credentials.js'
import type { DbsError } from '../src/errors/dbs-error.js'
import { openCaller, type CallerParts } from '../src/transport/call.js'
import type { Answer, Call } from '../src/transport/caller.js'
import { openDispatcher } from '../src/transport/dispatcher.js'
import { AdaptivePace } from '../src/transport/limiter.js'

type Fault = NonNullable<NonNullable<Scenario['rules']>[number]['fault']>

const read: Call = { action: 'DescribeRegions', version: '2019-03-06', parameters: {}, safety: 'read' }

/** A caller over sockets, against an emulated DBS; without jitter it does not pause where the server does not say so. */
async function scene(options: EmulatorOptions, changes: Partial<CallerParts> | ((emulator: Emulator) => Partial<CallerParts>) = {}) {
  const emulator = await startEmulator(options)
  const dispatcher = openDispatcher({})
  onTestFinished(async () => {
    await dispatcher.destroy()
    await emulator.close()
  })
  let nonces = 0
  const caller = openCaller({
    dispatcher,
    planFor: () => ({ endpoint: new URL(emulator.url), signature: 'v3', method: 'POST', wire: 'json', userAgent: 'test' }),
    credentials: keys(emulator),
    pace: new AdaptivePace(systemClock),
    clock: systemClock,
    nonce: () => `nonce-${++nonces}`,
    random: () => 0,
    maxAttempts: 3,
    requestTimeoutMs: 20_000,
    attemptTimeoutMs: 5000,
    maxInFlight: 16,
    ...(typeof changes === 'function' ? changes(emulator) : changes),
  })
  const run = (call: Call = read): Promise<Answer | DbsError> => caller.call(call).catch((error: unknown) => error as DbsError)
  return { emulator, run }
}

const keys = (...held: readonly Credentials[]): CredentialsProvider => {
  let refused = 0
  const get = async (): Promise<Credentials> => held[Math.min(refused, held.length - 1)] ?? { accessKeyId: '', accessKeySecret: '' }
  return { source: 'test', get, invalidate: () => void refused++ }
}

const passing: readonly Fault[] = [
  { kind: 'throttle', hint: 'acs', waitMs: 5 },
  { kind: 'throttle', as: 'service', hint: 'rate-limit', waitMs: 5 },
  { kind: 'throttle', status: 429, code: 'Rejected.Throttling' },
  { kind: 'unavailable', status: 503 },
  { kind: 'unavailable', status: 500 },
  { kind: 'html-502' },
  { kind: 'reset' },
  { kind: 'cut-body' },
  { kind: 'bad-json' },
  { kind: 'empty-body' },
]

test.each(passing)('%j is survived when it passes', async (fault) => {
  const { emulator, run } = await scene({ scenario: { rules: [{ fault, times: 2 }] } })
  expect(await run()).toMatchObject({ httpStatus: 200, attempts: 3 })
  expect(emulator.requestCount).toBe(3)
})

test.each<[Fault, string, number]>([
  [{ kind: 'throttle' }, 'throttled', 3],
  [{ kind: 'throttle', as: 'service' }, 'throttled', 3],
  [{ kind: 'unavailable' }, 'service-unavailable', 3],
  [{ kind: 'html-502' }, 'unreadable-answer', 3],
  [{ kind: 'reset' }, 'unreachable', 3],
  [{ kind: 'cut-body' }, 'unreadable-answer', 3],
  [{ kind: 'bad-json' }, 'unreadable-answer', 3],
  [{ kind: 'redirect' }, 'unreadable-answer', 1],
  [{ kind: 'doctype' }, 'unreadable-answer', 1],
  [{ kind: 'huge-body' }, 'answer-too-large', 1],
  [{ kind: 'gzip-bomb' }, 'answer-too-large', 1],
  [{ kind: 'soft-failure' }, 'not-found', 1],
  [{ kind: 'refuse', code: 'Forbidden.RAM' }, 'no-permission', 1],
])('%j for good is %s, after %i attempts', async (fault, code, attempts) => {
  const { emulator, run } = await scene({ scenario: { rules: [{ fault }] } })
  expect(await run()).toMatchObject({ code, attempts, hint: expect.stringMatching(/\w/) })
  expect(emulator.requestCount).toBe(attempts)
})

test.each<Fault>([{ kind: 'hang' }, { kind: 'slow-body', chunkBytes: 1 }])('%j is given up, then survived', async (fault) => {
  const { run } = await scene({ scenario: { rules: [{ fault, times: 1 }] } }, { attemptTimeoutMs: 400 })
  expect(await run()).toMatchObject({ httpStatus: 200, attempts: 2 })
})

test('a host that hangs for good is unreachable', async () => {
  const { run } = await scene({ scenario: { rules: [{ fault: { kind: 'hang' } }] } }, { attemptTimeoutMs: 50 })
  expect(await run()).toMatchObject({ code: 'unreachable', attempts: 3 })
})

test('a gzipped answer is read', async () => {
  const { run } = await scene({ scenario: { rules: [{ fault: { kind: 'gzip' } }] } })
  expect(await run()).toMatchObject({ httpStatus: 200, attempts: 1 })
})

test.each([20 * 60_000, -20 * 60_000])('a clock %i ms away is made up for', async (clockSkewMs) => {
  const { emulator, run } = await scene({ clockSkewMs })
  expect(await run()).toMatchObject({ attempts: 2 })
  expect(await run()).toMatchObject({ attempts: 1 })
  expect(emulator.requests.map(({ serviceCode }) => serviceCode)).toEqual(['InvalidTimeStamp.Expired', undefined, undefined])
})

test('expired keys are replaced within a request', async () => {
  const scenario: Scenario = { rules: [{ fault: { kind: 'expired-sts' } }] }
  const { emulator, run } = await scene({ scenario }, ({ sts, accessKeyId, accessKeySecret }) => ({
    credentials: keys(sts, { accessKeyId, accessKeySecret }),
  }))
  expect(await run()).toMatchObject({ httpStatus: 200, attempts: 2 })
  expect(emulator.requests.map(({ serviceCode }) => serviceCode)).toEqual(['InvalidSecurityToken.Expired', undefined])
})

test('a create is made once, however often it is sent', async () => {
  const { emulator, run } = await scene({ plans: 1, tasks: 10 })
  const [backupPlanId = ''] = emulator.world.planIds
  const backups = await run({
    ...read,
    action: 'DescribeFullBackupList',
    parameters: { BackupPlanId: backupPlanId, PageNum: 0, PageSize: 30 },
  })
  const [, backupSetId = ''] = /"BackupSetId":"([^"]+)"/.exec(JSON.stringify(backups)) ?? []
  emulator.play({ rules: [{ fault: { kind: 'cut-body' }, times: 2 }] })
  const create: Call = { ...read, action: 'CreateFullBackupSetDownload', parameters: { BackupSetId: backupSetId }, safety: 'create' }
  expect(await run(create)).toMatchObject({ httpStatus: 200, attempts: 3 })
  expect([...emulator.world.tasksOf(backupPlanId)]).toHaveLength(11)
})

test('two hundred reads outlast 30 % random faults', async () => {
  const kinds: readonly Fault[] = [
    { kind: 'throttle' },
    { kind: 'unavailable' },
    { kind: 'html-502' },
    { kind: 'reset' },
    { kind: 'cut-body' },
  ]
  // Each rule is asked when those before it did not fire: 6 % of all requests each.
  const rules = kinds.map((fault, index) => ({ fault, probability: 0.06 / (1 - 0.06 * index) }))
  const { emulator, run } = await scene({ scenario: { rules } }, { maxAttempts: 12 })
  const answers = await Promise.all(Array.from({ length: 200 }, () => run()))
  expect(answers.filter((answer) => answer instanceof Error)).toEqual([])
  expect(emulator.requestCount).toBeGreaterThan(240)
})
