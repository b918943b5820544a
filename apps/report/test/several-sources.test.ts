import { readFile } from 'node:fs/promises'
import { DbsClient, systemClock } from '@backset/core'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import type { Manifest } from '../src/manifest.js'
import { runReport, type Run } from '../src/run-report.js'
import type { ClientRequest, World } from '../src/world.js'
import { tempFolder } from './temp-folder.js'
import { due, reportIn, worldOf } from './world.js'

/** A world in which each place is an emulator of its own. */
function worldWith(home: Emulator, placeOf: (request: ClientRequest) => Emulator): World {
  return {
    ...worldOf(home),
    openClient: (request) => {
      const { url: endpoint, accessKeyId, accessKeySecret } = placeOf(request)
      return new DbsClient({
        endpoint,
        credentials: { accessKeyId, accessKeySecret },
        clock: systemClock,
        random: () => 0,
        maxAttempts: 1,
        env: {},
        homeDir: '/nowhere',
      })
    },
  }
}
const noEndpoint = { BACKSET_ENDPOINT: '' }
const manifestFor = async (run: Run): Promise<Manifest> => JSON.parse(await readFile(run.manifest ?? '', 'utf8')) as Manifest
const linesOf = async (run: Run): Promise<string[]> => (await readFile(run.file ?? '', 'utf8')).trimEnd().split('\r\n')

test('rows of several regions and profiles say which', async () => {
  await using one = await startEmulator({ plans: 1, tasks: 2 })
  await using other = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await tempFolder()
  const fields = `source: { plans: [${one.world.planIds[0]}], regions: [cn-hangzhou, cn-beijing], profiles: [a, b] }`
  const report = await reportIn(folder.path, `${fields}\ncolumns: [profile, region, task]`, one, noEndpoint)
  const run = await runReport(report, { ...worldWith(one, ({ region }) => (region === 'cn-hangzhou' ? one : other)), due })
  expect(run.record).toMatchObject({ outcome: 'ok', rows: 10 })
  const [, ...lines] = await linesOf(run)
  const places = ['a cn-hangzhou', 'a cn-beijing', 'b cn-hangzhou', 'b cn-beijing']
  expect([...new Set(lines.map((line) => line.split(',').slice(0, 2).join(' ')))]).toEqual(places)
  expect((await manifestFor(run)).sources.map(({ profile, region }) => `${profile} ${region}`)).toEqual(places)
})

test('regions that share a host are asked once', async () => {
  await using one = await startEmulator({ plans: 2, tasks: 3 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all, regions: [cn-hangzhou, cn-chengdu] }', one, noEndpoint)
  const run = await runReport(report, { ...worldWith(one, () => one), due })
  expect(run.record).toMatchObject({ outcome: 'ok', rows: 6 })
  expect((await linesOf(run))[0]).toMatch(/,region$/)
})

test('a plan that is nowhere fails the run; one with tasks in one region need not be known in the other', async () => {
  await using one = await startEmulator({ plans: 1, tasks: 2, seed: 1 })
  await using other = await startEmulator({ plans: 1, tasks: 3, seed: 2 })
  await using folder = await tempFolder()
  const world = worldWith(one, ({ region }) => (region === 'cn-hangzhou' ? one : other))
  const run = async (plans: string, more = '') => {
    const fields = `source: { plans: [${plans}], regions: [cn-hangzhou, cn-beijing] }\n${more}`
    return runReport(await reportIn(folder.path, fields, one, noEndpoint), { ...world, due })
  }
  const [plan] = one.world.planIds
  expect(await run(`${plan}`)).toMatchObject({ exitCode: 0, record: { rows: 2 } })
  expect(await run(`${plan}, dbsnope`)).toMatchObject({
    exitCode: 4,
    error: { code: 'not-found', message: expect.stringContaining('dbsnope') },
  })

  const lenient = await run(`${plan}, dbsnope`, 'allowIncomplete: true')
  expect(lenient).toMatchObject({ exitCode: 0, record: { rows: 2 } })
  const { complete, sources } = await manifestFor(lenient)
  expect({ complete, last: sources.at(-1) }).toMatchObject({ complete: false, last: { plan: 'dbsnope', error: { code: 'not-found' } } })
})

test('a plan without tasks is a report without rows, also for keys that may not list plans', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 0 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, `source: { plans: [${emulator.world.planIds[0]}] }`, emulator)
  expect(await runReport(report, { ...worldOf(emulator), due })).toMatchObject({ exitCode: 0, record: { rows: 0 } })
  emulator.play({ rules: [{ action: 'DescribeBackupPlanList', fault: { kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true } }] })
  expect(await runReport(report, { ...worldOf(emulator), due })).toMatchObject({ exitCode: 0, record: { rows: 0 } })
})

test('a source that fails fails the run', async () => {
  await using one = await startEmulator({ plans: 1, tasks: 3 })
  await using broken = await startEmulator({
    plans: 1,
    tasks: 3,
    scenario: { rules: [{ fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] },
  })
  await using folder = await tempFolder()
  const fields = 'source: { plans: all, regions: [cn-hangzhou, cn-beijing] }'
  const world = worldWith(one, ({ region }) => (region === 'cn-hangzhou' ? one : broken))
  const run = await runReport(await reportIn(folder.path, fields, one, noEndpoint), { ...world, due })
  expect(run).toMatchObject({ exitCode: 3, record: { outcome: 'failed' }, error: { code: 'no-permission' } })

  const lenient = await runReport(await reportIn(folder.path, `${fields}\nallowIncomplete: true`, one, noEndpoint), { ...world, due })
  expect(lenient).toMatchObject({ exitCode: 0, record: { outcome: 'ok', rows: 3 } })
  const manifest = await manifestFor(lenient)
  expect(manifest).toMatchObject({ complete: false, allowIncomplete: true })
  expect(manifest.sources.filter(({ error }) => error !== undefined)).toMatchObject([
    { plan: '*', region: 'cn-beijing', error: { code: 'no-permission' } },
  ])
})

test('where every source fails there is no export', async () => {
  await using broken = await startEmulator({
    plans: 1,
    tasks: 3,
    scenario: { rules: [{ fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] },
  })
  await using folder = await tempFolder()
  for (const plans of ['all', '[dbs1, dbs2]']) {
    const report = await reportIn(folder.path, `source: { plans: ${plans} }\nallowIncomplete: true`, broken)
    expect(await runReport(report, { ...worldOf(broken), due })).toMatchObject({ exitCode: 3, record: { outcome: 'failed' } })
  }
})
