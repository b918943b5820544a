import { createHash } from 'node:crypto'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { Manifest, manifestOf } from '../src/manifest.js'
import { stateFolder } from '../src/ledger/file-ledger.js'
import type { Ledger, RunRecord } from '../src/ports/ledger.js'
import type { World } from '../src/world.js'
import { runReport, type Run } from '../src/run-report.js'
import { tempFolder } from './temp-folder.js'
import { due, reportIn, worldOf } from './world.js'

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const hour = 3_600_000

/** What stands in the output folder, without what begins with a dot. */
const exportsIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, 'out'))).filter((name) => !name.startsWith('.')).toSorted()
const draftsIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, 'out'), { recursive: true })).filter((name) => /part$|spool$|claim$|lock$/.test(name))

async function manifestFor(run: Run): Promise<Manifest> {
  return Manifest.parse(JSON.parse(await readFile(run.manifest ?? '', 'utf8')))
}
const outcomes = async (ledger: Ledger): Promise<string[]> => {
  const seen: string[] = []
  for await (const { outcome } of ledger.history()) seen.push(outcome)
  return seen
}

test('an export stands whole with its manifest and its record', async () => {
  await using emulator = await startEmulator({ plans: 2, tasks: 130 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }', emulator)
  const world = worldOf(emulator)
  const run = await runReport(report, { ...world, due })
  expect(run).toMatchObject({ exitCode: 0, record: { report: 'audit', due: '2026-11-24T06:00:00.000Z', outcome: 'ok', rows: 260 } })
  expect(await exportsIn(folder.path)).toEqual(['audit-20261124T060000Z.csv', 'audit-20261124T060000Z.csv.manifest.json'])
  const bytes = await readFile(run.file ?? '')
  const manifest = await manifestFor(run)
  expect(manifest).toMatchObject({ sha256: sha256(bytes), bytes: bytes.length, rows: 260, complete: true, previous: null, format: 'csv' })
  expect(manifest.sources.map(({ proof }) => proof?.verdict)).toEqual(['sealed', 'sealed'])
  expect(manifest.columns).toHaveLength(19)
  expect(run.record.manifestSha256).toBe(sha256(await readFile(run.manifest ?? '')))
  expect(await outcomes(world.ledgerOf(report.output))).toEqual(['ok'])
  expect(await draftsIn(folder.path)).toEqual([])
})

test('equal rows make equal bytes, also under gzip', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 120 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }\nformat: ndjson\ncompress: gzip', emulator)
  const [one, other] = [
    await runReport(report, { ...worldOf(emulator), due }),
    await runReport(report, { ...worldOf(emulator), due: due + hour }),
  ]
  expect(one.record.sha256).toBe(other.record.sha256)
  const bytes = await readFile(one.file ?? '')
  expect(bytes.readUInt32LE(4)).toBe(0)
  expect(gunzipSync(bytes).toString().trimEnd().split('\n')).toHaveLength(120)
  expect((await manifestFor(other)).previous).toEqual({
    file: 'audit-20261124T060000Z.ndjson.gz.manifest.json',
    sha256: one.record.manifestSha256,
  })
})

test('a list that cannot be proved leaves the earlier export', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 250 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }\nfile: audit.csv', emulator)
  const good = await runReport(report, { ...worldOf(emulator), due })
  const before = await readFile(good.file ?? '')
  emulator.play({ rules: [{ shape: { kind: 'extra-total' } }] })
  const bad = await runReport(report, { ...worldOf(emulator), due: due + hour })
  expect(bad).toMatchObject({ exitCode: 5, record: { outcome: 'failed' } })
  expect(bad.record.reason).toMatch(/^listing-incomplete: /)
  expect(await readFile(good.file ?? '')).toEqual(before)
  expect(await exportsIn(folder.path)).toEqual(['audit.csv', 'audit.csv.manifest.json'])
  expect(await draftsIn(folder.path)).toEqual([])
  expect(await outcomes(worldOf(emulator).ledgerOf(report.output))).toEqual(['ok', 'failed'])
})

test('keep removes what the ledger lists, and nothing else', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }\nkeep: 2\nformat: json', emulator)
  for (let n = 0; n < 4; n++) await runReport(report, { ...worldOf(emulator), due: due + n * hour })
  const kept = ['audit-20261124T080000Z.json', 'audit-20261124T090000Z.json']
  expect(await exportsIn(folder.path)).toEqual(kept.flatMap((name) => [name, manifestOf(name)]))
})

test('who finds the report running is skipped', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 30 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }', emulator)
  const runs = await Promise.all([0, 1, 2].map(async (n) => runReport(report, { ...worldOf(emulator), due: due + n })))
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  expect(runs.map(({ record }) => record.outcome).toSorted()).toEqual(['ok', 'skipped', 'skipped'])
})

test('a run for a schedule is done once', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }', emulator)
  const options = { ...worldOf(emulator), due, once: true }
  expect(await runReport(report, options)).toMatchObject({ record: { outcome: 'ok' } })
  expect(await runReport(report, options)).toMatchObject({ skipped: 'done', exitCode: 0 })
  expect(await outcomes(options.ledgerOf(report.output))).toEqual(['ok'])
})

test('a run that is told to stop leaves nothing and owes its due time', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 5000, latencyMs: 20 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }', emulator)
  const stop = new AbortController()
  const world = worldOf(emulator, { signal: stop.signal })
  const run = await runReport(report, { ...world, due, once: true, onRows: () => stop.abort() })
  expect(run).toMatchObject({ exitCode: 130, record: { outcome: 'abandoned' } })
  expect(await exportsIn(folder.path)).toEqual([])
  expect(await draftsIn(folder.path)).toEqual([])
  expect(await runReport(report, { ...worldOf(emulator), due, once: true })).toMatchObject({ record: { outcome: 'ok', rows: 5000 } })
})

test('relative times count from when the run was due', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 200 })
  await using folder = await tempFolder()
  const everything = await runReport(await reportIn(folder.path, 'source: { plans: all }\nformat: ndjson\nfile: all.ndjson', emulator), {
    ...worldOf(emulator),
    due,
  })
  const created = (await readFile(everything.file ?? '', 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { backupSetDownloadCreateTime: string }).backupSetDownloadCreateTime)
  const middle = created.toSorted()[100] ?? ''
  const at = Date.parse(middle) + 3 * hour
  const report = await reportIn(folder.path, 'source: { plans: all }\nfilter: { since: 3h, until: 1h }', emulator)
  const run = await runReport(report, { ...worldOf(emulator), due: at })
  expect(await manifestFor(run)).toMatchObject({ window: { from: middle, to: new Date(at - hour).toISOString() } })
  expect(run.record.rows).toBe(created.filter((time) => time >= middle && Date.parse(time) < at - hour).length)
})

test('an output that cannot be written to is told', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'out'), 'a file')
  const run = await runReport(await reportIn(folder.path, 'source: { plans: all }', emulator), { ...worldOf(emulator), due })
  expect(run).toMatchObject({ exitCode: 2, record: { outcome: 'failed' }, error: { code: 'cannot-write' } })
  expect(emulator.requestCount).toBe(0)
})

test('an export whose process ended before it could say so is found again', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, 'source: { plans: all }', emulator)
  const world = worldOf(emulator)
  const mute: World = {
    ...world,
    ledgerOf: (output) => ({ ...world.ledgerOf(output), commit: async () => Promise.reject(new Error('killed')) }),
  }
  const lost = await runReport(report, { ...mute, due })
  expect(lost.record).toMatchObject({ outcome: 'ok' })
  const locks = join(stateFolder(report.output), 'locks')
  for (const name of await readdir(locks)) await utimes(join(locks, name), 0, 0)
  const next = await runReport(report, { ...world, due: due + hour })
  expect((await manifestFor(next)).previous).toMatchObject({ sha256: sha256(await readFile(lost.manifest ?? '')) })
  const records: RunRecord[] = []
  for await (const record of world.ledgerOf(report.output).history()) records.push(record)
  expect(records).toMatchObject([{ outcome: 'ok', rows: 3, sha256: lost.record.sha256 }, { outcome: 'ok' }])
})

test('several regions go with no endpoint', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await tempFolder()
  await expect(reportIn(folder.path, 'source: { plans: all, regions: [cn-hangzhou, cn-beijing] }', emulator)).rejects.toThrow(
    'one endpoint',
  )
})

test('what comes from the environment is in no manifest and no ledger', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 30 })
  await using folder = await tempFolder()
  const env = { CANARY_PREFIX: 'canary-4711', CANARY_PLAN: 'dbscanary4711' }
  const lines = 'source: { plans: ["${CANARY_PLAN}"] }\nfilter: { name: "${CANARY_PREFIX}*" }'
  const report = await reportIn(folder.path, lines, emulator, env)
  const run = await runReport(report, { ...worldOf(emulator), due })
  const files = await readdir(join(folder.path, 'out'), { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map(async (file) => readFile(join(file.parentPath, file.name), 'utf8')),
  )
  expect(texts.join('\n')).not.toMatch(/canary-?4711/)
  expect(JSON.stringify([run.record, run.error])).not.toMatch(/canary-?4711/)
})
