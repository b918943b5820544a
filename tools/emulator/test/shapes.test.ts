import { expect, test } from 'vitest'
import { startEmulator, type Emulator, type Scenario } from '../src/index.js'
import { call, idsOf, list, page, rowsOf } from './call.js'

type Rule = NonNullable<Scenario['rules']>[number]

const showing = (tasks: number, ...shapes: NonNullable<Rule['shape']>[]): Promise<Emulator> =>
  startEmulator({ tasks, scenario: { rules: shapes.map((shape) => ({ shape })) } })

const rowName = 'BackupSetDownloadTaskDetail'

test.each([
  ['missing', undefined],
  ['null', null],
  ['text', ''],
  ['array', []],
  ['object', {}],
  ['inner-array', { [rowName]: [] }],
  ['inner-null', { [rowName]: null }],
  ['inner-text', { [rowName]: '' }],
] as const)('an empty list may be written as %s', async (items, written) => {
  await using emulator = await showing(0, { kind: 'empty', items })
  const body = await page(emulator)
  expect(body.Items).toEqual(written)
  expect('Items' in body).toBe(items !== 'missing')
})

test('one row may be an object, rows may be a bare array', async () => {
  await using single = await showing(1, { kind: 'single-object' })
  expect((await page(single)).Items).toMatchObject({ [rowName]: { BackupSetDownloadStatus: expect.any(String) } })
  await using bare = await showing(2, { kind: 'bare-array' })
  expect((await page(bare)).Items).toHaveLength(2)
})

test('numbers may be text, every digit kept', async () => {
  await using emulator = await showing(40, { kind: 'numbers-as-text' })
  const body = await page(emulator, { PageSize: '50' })
  expect(body).toMatchObject({ TotalElements: '40', PageNum: '0' })
  const truth = emulator.world.tasksOf(emulator.world.planIds[0] ?? '').slice()
  expect(rowsOf(body).map((row) => row['BackupSetDataSize'])).toEqual(truth.map((row) => String(row['BackupSetDataSize'])))
})

test('pages may count from one, page 0 being page 1 or refused', async () => {
  await using lenient = await showing(40, { kind: 'pages-from-one' })
  const [zero, one, two] = await Promise.all(['0', '1', '2'].map((PageNum) => page(lenient, { PageNum })))
  expect([zero, one, two].map((body) => body && idsOf(body).length)).toEqual([30, 30, 10])
  expect(zero && idsOf(zero)).toEqual(one && idsOf(one))
  await using strict = await showing(40, { kind: 'pages-from-one', zero: 'refused' })
  expect(await page(strict)).toMatchObject({ Success: false, ErrCode: 'Param.NotFound' })
  expect(idsOf(await page(strict, { PageNum: '2' }))).toHaveLength(10)
})

test('each tell-tale of a moving list can be shown alone', async () => {
  await using emulator = await startEmulator({ tasks: 40 })
  const whole = idsOf(await page(emulator))
  const shown = async (shape: NonNullable<Rule['shape']>) => {
    emulator.play({ rules: [{ shape }] })
    return page(emulator)
  }
  expect(await shown({ kind: 'extra-total', rows: 5 })).toMatchObject({ TotalElements: 45, TotalPages: 2 })
  expect(await shown({ kind: 'no-total' })).not.toHaveProperty('TotalElements')
  expect(await shown({ kind: 'wrong-page-echo' })).toMatchObject({ PageNum: 1 })
  expect(idsOf(await shown({ kind: 'short-page', rows: 2 }))).toEqual(whole.slice(0, -2))
  expect(idsOf(await shown({ kind: 'repeated-row' }))).toEqual([...whole.slice(0, -1), whole[0]])
  emulator.play(undefined)
  expect(idsOf(await page(emulator))).toEqual(whole)
})

const truthOf = ({ world }: Emulator): string[] => world.tasksOf(world.planIds[0] ?? '').ids()

test.each([
  ['grow', 'start', (ids: string[], now: string[]) => expect(now.slice(2)).toEqual(ids)],
  ['grow', 'end', (ids: string[], now: string[]) => expect(now.slice(0, -2)).toEqual(ids)],
  ['grow', 'anywhere', (ids: string[], now: string[]) => expect(now.filter((id) => ids.includes(id))).toEqual(ids)],
  ['shrink', 'start', (ids: string[], now: string[]) => expect(now).toEqual(ids.slice(2))],
  ['shrink', 'end', (ids: string[], now: string[]) => expect(now).toEqual(ids.slice(0, -2))],
  ['reorder', 'anywhere', (ids: string[], now: string[]) => expect(now.toSorted()).toEqual(ids.toSorted())],
] as const)('a list may %s at the %s after an answer', async (change, at, holds) => {
  await using emulator = await startEmulator({ tasks: 20, scenario: { rules: [{ action: list, nth: 2, move: { change, at, rows: 2 } }] } })
  const ids = truthOf(emulator)
  expect(idsOf(await page(emulator))).toEqual(ids)
  expect(idsOf(await page(emulator))).toEqual(ids) // the answer that moves it is made before
  const now = truthOf(emulator)
  expect(now).not.toEqual(ids)
  holds(ids, now)
  expect(idsOf(await page(emulator))).toEqual(now)
})

test('an empty list shrinks no further', async () => {
  await using emulator = await startEmulator({ tasks: 1, scenario: { rules: [{ move: { change: 'shrink', rows: 3 } }] } })
  await page(emulator)
  expect(await page(emulator)).toMatchObject({ TotalElements: 0 })
})

test('the other lists take shapes too', async () => {
  await using emulator = await showing(0, { kind: 'extra-total', rows: 1 })
  expect(await call(emulator, 'DescribeBackupPlanList')).toMatchObject({ TotalElements: 4 })
})
