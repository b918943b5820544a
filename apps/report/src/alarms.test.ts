import type { DownloadTask } from '@backset/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { AlarmFold, type Alarm } from './alarms.js'
import { defaultAlarms } from './config/schema.js'
import { Durations } from './durations.js'

const due = new Date('2026-11-23T06:00:00Z')
const minute = 60_000
const day = 1440 * minute
const at = (msBefore: number): string => new Date(due.getTime() - msBefore).toISOString()

let next = 0
const task = (fields: Partial<DownloadTask>): DownloadTask => ({
  backupSetDownloadTaskId: `urx${++next}`,
  backupPlanId: 'dbs1',
  state: 'unknown',
  ...fields,
})
const done = (durationMs: number, msBefore = day): DownloadTask =>
  task({ state: 'done', durationMs, backupSetDownloadFinishTime: at(msBefore), backupSetDownloadCreateTime: at(msBefore + durationMs) })
const running = (ms: number): DownloadTask => task({ state: 'active', backupSetDownloadCreateTime: at(ms) })
const failed = (errMessage: string, plan = 'dbs1'): DownloadTask => task({ state: 'failed', errMessage, backupPlanId: plan })

function found(tasks: readonly DownloadTask[], plans: readonly string[] = [], wanted = {}): readonly Alarm[] {
  const fold = new AlarmFold({ ...defaultAlarms, ...wanted }, due)
  for (const one of tasks) fold.add(one, true)
  return fold.found(plans)
}

test('a task that runs longer than its plan takes is slow', () => {
  const usual = Array.from({ length: 100 }, (_, hundredth) => done((hundredth + 1) * minute))
  const slow = running(200 * minute)
  const [alarm, ...others] = found([...usual, slow, running(90 * minute)])
  expect(others).toEqual([])
  expect(alarm).toMatchObject({ alarm: 'slow', plan: 'dbs1', finished: 100, count: 1 })
  expect(alarm).toMatchObject({ tasks: [{ id: slow.backupSetDownloadTaskId, runningMs: 200 * minute }] })
  const { p95Ms } = alarm as Alarm & { readonly p95Ms: number }
  expect(p95Ms).toBeGreaterThanOrEqual(95 * minute)
  expect(p95Ms).toBeLessThanOrEqual(95 * minute * 1.02)
})

test('a few finished tasks tell nothing of slowness', () => {
  const four = Array.from({ length: 4 }, () => done(minute))
  expect(found([...four, running(day)])).toEqual([])
  expect(found([...four, done(minute), running(day)])).toMatchObject([{ alarm: 'slow' }])
  expect(found([...four, done(minute), running(day)], [], { slow: false })).toEqual([])
})

test('of many slow tasks all are counted and ten are named', () => {
  const usual = Array.from({ length: 20 }, () => done(minute))
  const late = Array.from({ length: 50 }, (_, hours) => running((hours + 1) * 60 * minute))
  const [alarm] = found([...usual, ...late.toReversed()])
  expect(alarm).toMatchObject({ count: 50 })
  expect((alarm as Alarm & { readonly tasks: readonly unknown[] }).tasks).toHaveLength(10)
  expect(alarm).toMatchObject({ tasks: [{ runningMs: 50 * 60 * minute }, {}, {}, {}, {}, {}, {}, {}, {}, { runningMs: 41 * 60 * minute }] })
})

test('a plan without a finished task is silent, by either form of its id', () => {
  expect(found([done(minute, 8 * day)])).toEqual([
    { alarm: 'silent', plan: 'dbs1', since: '2026-11-16T06:00:00.000Z', lastFinished: at(8 * day) },
  ])
  expect(found([done(minute, 6 * day)], ['1', 'dbs1'])).toEqual([])
  expect(found([], ['dbs2'])).toEqual([{ alarm: 'silent', plan: 'dbs2', since: '2026-11-16T06:00:00.000Z' }])
  expect(found([done(minute, 3 * day)], [], { silent: '2d' })).toMatchObject([{ alarm: 'silent' }])
})

test('the same message again and again is told once', () => {
  const tasks = [failed('disk full', 'dbs2'), failed('other'), failed('disk full'), failed(' disk full\n')]
  const alarms = found([...tasks, done(minute), { ...done(minute), backupPlanId: 'dbs2' }])
  expect(alarms).toMatchObject([{ alarm: 'repeated', message: 'disk full', count: 3, plans: ['dbs2', 'dbs1'] }])
  expect(found(tasks, [], { repeated: 4, silent: '1d' }).filter(({ alarm }) => alarm === 'repeated')).toEqual([])
})

test('no link is in a message', () => {
  const tasks = [1, 2, 3].map((n) => failed(`cannot fetch https://files.example.com/a?Signature=canary${n}`))
  const alarms = found(tasks)
  expect(alarms).toMatchObject([{ alarm: 'silent' }, { alarm: 'repeated', count: 3 }])
  expect(JSON.stringify(alarms)).not.toContain('canary')
})

test('tasks outside the export tell what is usual, and are not named', () => {
  const fold = new AlarmFold(defaultAlarms, due)
  for (let n = 0; n < 9; n++) fold.add(done(minute), false)
  for (let n = 0; n < 3; n++) fold.add(failed('old'), false)
  fold.add(running(day), false)
  expect(fold.found(['dbs1'])).toEqual([])
  fold.add(running(day), true)
  expect(fold.found(['dbs1'])).toMatchObject([{ alarm: 'slow', count: 1, finished: 9 }])
})

test('a message that repeats is found among more than are followed', () => {
  const fold = new AlarmFold(defaultAlarms, due)
  for (let n = 0; n < 25_000; n++) {
    fold.add(task({ state: 'failed', errMessage: `task ${n} broke`, backupPlanId: `dbs${n}` }), true)
    if (n % 2000 === 0) fold.add(failed('disk full'), true)
  }
  const alarms = fold.found([])
  expect(alarms.filter(({ alarm }) => alarm === 'repeated')).toMatchObject([{ message: 'disk full', count: 13 }])
  expect(alarms.length).toBeLessThanOrEqual(10_001)
})

test('a percentile is exact but for two in a hundred', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 200 }), (lengths) => {
      const durations = new Durations()
      for (const ms of lengths) durations.add(ms)
      const exact = lengths.toSorted((a, b) => a - b)[Math.ceil(lengths.length * 0.95) - 1] ?? 0
      const told = durations.percentile(0.95) ?? 0
      expect(told).toBeGreaterThanOrEqual(exact - 1)
      expect(told).toBeLessThanOrEqual(exact * 1.02 + 1)
      expect(durations.longerThan(told)).toBeLessThanOrEqual(lengths.filter((ms) => ms > exact).length)
    }),
  )
})
