import { expect, test } from 'vitest'
import { startEmulator, type Profile } from '../src/index.js'
import { idsOf, page } from './call.js'

const nothingSeen: Profile['findings'] = {
  pageBase: { base: null, zero: null },
  emptyShape: { items: null },
  beyondEnd: { answer: null, serviceCode: null },
  order: { createTime: null },
}
const profileOf = (findings: Partial<Profile['findings']>): Profile => ({
  kind: 'backset-probe',
  version: 1,
  findings: { ...nothingSeen, ...findings },
})
const start = (findings: Partial<Profile['findings']>, tasks = 40) => startEmulator({ tasks, profile: profileOf(findings) })

test('a profile of nothing changes nothing', async () => {
  await using plain = await startEmulator({ tasks: 40 })
  await using profiled = await start({})
  expect(idsOf(await page(profiled))).toEqual(idsOf(await page(plain)))
})

test('pages count from where they were counted', async () => {
  await using emulator = await start({ pageBase: { base: 1, zero: 'refused' } })
  expect(await page(emulator)).toMatchObject({ Success: false })
  expect(idsOf(await page(emulator, { PageNum: '2' }))).toHaveLength(10)
})

test('an empty list has the shape that was seen', async () => {
  await using emulator = await start({ emptyShape: { items: 'inner-null' } }, 0)
  expect((await page(emulator)).Items).toEqual({ BackupSetDownloadTaskDetail: null })
})

test('beyond the end stands what was seen there', async () => {
  const beyond = { PageNum: '9' }
  await using last = await start({ beyondEnd: { answer: 'last-page', serviceCode: null } })
  expect(idsOf(await page(last, beyond))).toEqual(idsOf(await page(last, { PageNum: '1' })))
  await using first = await start({ beyondEnd: { answer: 'first-page', serviceCode: null } })
  expect(idsOf(await page(first, beyond))).toEqual(idsOf(await page(first)))
  await using refused = await start({ beyondEnd: { answer: 'refused', serviceCode: 'Param.Odd' } })
  expect(await page(refused, beyond)).toMatchObject({ Success: false, ErrCode: 'Param.Odd' })
})

test('the oldest may come first, page by page', async () => {
  await using emulator = await start({ order: { createTime: 'oldest-first' } })
  const truth = emulator.world.tasksOf(emulator.world.planIds[0] ?? '').ids()
  const pages = [await page(emulator), await page(emulator, { PageNum: '1' })]
  expect(pages.flatMap(idsOf)).toEqual(truth.toReversed())
})

test('a profile holds beneath every scenario', async () => {
  await using emulator = await start({ emptyShape: { items: 'null' } }, 0)
  emulator.play({ rules: [{ shape: { kind: 'extra-total', rows: 2 } }] })
  expect(await page(emulator)).toMatchObject({ Items: null, TotalElements: 2 })
  emulator.play({ rules: [{ shape: { kind: 'empty', items: 'array' } }] })
  expect((await page(emulator)).Items).toEqual([])
  emulator.reset()
  expect((await page(emulator)).Items).toBeNull()
})

test('what is no profile is refused', async () => {
  await expect(startEmulator({ profile: { kind: 'backset-probe' } as Profile })).rejects.toThrow('This is no probe.json')
})
