import { DbsError } from '@backset/core'
import { expect, test } from 'vitest'
import { openMemoryLedger } from '../src/ledger/memory-ledger.js'
import { jitterOf } from '../src/schedule/jitter.js'
import { abandonMs, finishMs } from '../src/schedule/scheduler.js'
import { reportOf, runsFor, runsIn, scheduled } from './scheduled.js'
import { settled, SleepingClock } from './sleeping-clock.js'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const start = Date.parse('2026-06-01T05:59:00Z')

function world() {
  const clock = new SleepingClock(start)
  return { clock, ledger: openMemoryLedger({ clock }) }
}

const told = async (ledger: ReturnType<typeof openMemoryLedger>) =>
  (await runsIn(ledger)).map(({ due, outcome }) => `${due.slice(0, 16)} ${outcome}`)

test('a report that is new runs from its next due time on', async () => {
  const { clock, ledger } = world()
  const scheduler = scheduled([reportOf({})], { ledger, clock })
  await clock.turn(25 * hourMs)
  scheduler.stop()
  await scheduler.ended
  expect(await told(ledger)).toEqual(['2026-06-01T06:00 ok', '2026-06-02T06:00 ok'])
})

test.each([
  ['last', ['2026-06-02T06:00 missed', '2026-06-03T06:00 ok']],
  ['all', ['2026-06-02T06:00 ok', '2026-06-03T06:00 ok']],
  ['none', ['2026-06-02T06:00 missed', '2026-06-03T06:00 missed']],
] as const)('after days of absence catchUp %s does what it says, once for two schedulers', async (catchUp, expected) => {
  const { clock, ledger } = world()
  const report = reportOf({ catchUp })
  await ledger.advance(report.name, start + hourMs)
  await clock.turn(3 * 24 * hourMs - hourMs)
  const pair = [scheduled([report], { ledger, clock }), scheduled([report], { ledger, clock })]
  await clock.turn(10 * minuteMs)
  for (const scheduler of pair) scheduler.stop()
  await Promise.all(pair.map(({ ended }) => ended))
  expect(await told(ledger)).toEqual(expected)
})

test('a missed time tells why nobody ran it', async () => {
  const { clock, ledger } = world()
  await ledger.advance('audit', start - 365 * 24 * hourMs)
  const scheduler = scheduled([reportOf({ schedule: '*/5 * * * *', catchUp: 'none' })], { ledger, clock })
  await clock.turn(30_000)
  scheduler.stop()
  await scheduler.ended
  const [first, second] = await runsIn(ledger)
  expect(first).toMatchObject({
    outcome: 'missed',
    due: '2025-06-01T06:00:00.000Z',
    reason: expect.stringMatching(
      /^No scheduler ran when it was due; so were those after it, 2026-05-28T\d\d:\d\d:00.000Z left out\.$/,
    ) as string,
  })
  expect(second).toMatchObject({ outcome: 'missed', reason: 'No scheduler ran when it was due.' })
})

test('reports run beside each other, one report never beside itself', async () => {
  const { clock, ledger } = world()
  let [running, most] = [new Map<string, number>(), 0]
  const runs = runsFor(90_000, { ledger, clock })
  const reports = ['a', 'b', 'c'].map((name) => reportOf({ name, schedule: '* * * * *' }))
  const scheduler = scheduled(reports, {
    ledger,
    clock,
    runDue: async (report, due, signal) => {
      const now = (running.get(report.name) ?? 0) + 1
      expect(now).toBe(1)
      running = new Map(running).set(report.name, now)
      most = Math.max(most, [...running.values()].filter((count) => count > 0).length)
      const end = await runs(report, due, signal)
      running.set(report.name, 0)
      return end
    },
  })
  await clock.turn(10 * minuteMs)
  scheduler.stop()
  await clock.turn(10_000)
  await scheduler.ended
  expect(most).toBe(3)
})

test('a run that ends in time is finished before the scheduler is', async () => {
  const { clock, ledger } = world()
  const scheduler = scheduled([reportOf({})], { ledger, clock, runMs: finishMs - 1000 })
  await clock.turn(minuteMs)
  scheduler.stop()
  await clock.turn(finishMs)
  await scheduler.ended
  expect(await told(ledger)).toEqual(['2026-06-01T06:00 ok'])
})

test('a run that takes longer is abandoned, and done by the next scheduler', async () => {
  const { clock, ledger } = world()
  const first = scheduled([reportOf({})], { ledger, clock, runMs: hourMs })
  await clock.turn(minuteMs)
  first.stop()
  await clock.turn(finishMs)
  await first.ended
  expect(await told(ledger)).toEqual(['2026-06-01T06:00 abandoned'])
  const second = scheduled([reportOf({})], { ledger, clock })
  await clock.turn(10_000)
  second.stop()
  await second.ended
  expect(await told(ledger)).toEqual(['2026-06-01T06:00 abandoned', '2026-06-01T06:00 ok'])
})

test('a run that hears nothing does not hold the scheduler', async () => {
  const { clock, ledger } = world()
  const scheduler = scheduled([reportOf({})], { ledger, clock, runDue: () => new Promise(() => undefined) })
  await clock.turn(minuteMs)
  let over = false
  void scheduler.ended.then(() => (over = true))
  scheduler.stop()
  await clock.turn(finishMs + abandonMs - 1)
  expect(over).toBe(false)
  await clock.turn(1)
  await settled()
  expect(over).toBe(true)
})

test('a due time whose runs take their process with them is given up', async () => {
  const { clock, ledger } = world()
  const due = start + minuteMs
  await ledger.advance('audit', start)
  await clock.turn(10 * minuteMs)
  for (let times = 0; times < 3; times++) await ledger.note('audit', due, 'abandoned', 'Its process ended before the run did.')
  const scheduler = scheduled([reportOf({})], { ledger, clock })
  await clock.turn(10_000)
  scheduler.stop()
  await scheduler.ended
  expect((await runsIn(ledger)).at(-1)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('not tried again') as string })
})

test('a ledger that fails is trouble, and is tried again with longer pauses', async () => {
  const { clock, ledger } = world()
  let fails = 4
  const failing = {
    ...ledger,
    now: async () => {
      if (fails-- > 0) throw new DbsError('disk-full', 'The disk is full.')
      return ledger.now()
    },
  }
  const scheduler = scheduled([reportOf({})], { ledger: failing, clock })
  await clock.turn(2000)
  expect(scheduler.board.standings).toMatchObject([{ trouble: 'The disk is full.' }])
  await clock.turn(2 * minuteMs)
  scheduler.stop()
  await scheduler.ended
  const pauses = scheduler.log.map((line) => JSON.parse(line) as { pauseMs?: number }).flatMap(({ pauseMs }) => pauseMs ?? [])
  expect(pauses).toEqual([1000, 2000, 4000, 8000])
  expect(await told(ledger)).toEqual(['2026-06-01T06:00 ok'])
  expect(scheduler.board.standings[0]?.trouble).toBeUndefined()
  expect(scheduler.standstills).toEqual(['audit: The disk is full.'])
})

test('jitter starts a run later, as much for every scheduler', async () => {
  const { clock, ledger } = world()
  const due = start + minuteMs
  const lateMs = jitterOf('audit', due, 20 * minuteMs)
  const scheduler = scheduled([reportOf({ jitterMs: 20 * minuteMs })], { ledger, clock })
  await clock.turn(30 * minuteMs)
  scheduler.stop()
  await scheduler.ended
  const [run] = await runsIn(ledger)
  expect(run).toMatchObject({ due: new Date(due).toISOString(), started: new Date(due + lateMs).toISOString() })
  expect(lateMs).toBeGreaterThan(0)
})

test('the log is JSON lines, and the board knows what is next', async () => {
  const { clock, ledger } = world()
  const scheduler = scheduled([reportOf({})], { ledger, clock })
  await clock.turn(2 * minuteMs)
  expect(scheduler.board.standings).toEqual([
    {
      report: 'audit',
      next: '2026-06-02T06:00:00.000Z',
      last: { due: '2026-06-01T06:00:00.000Z', outcome: 'ok', ended: '2026-06-01T06:00:01.000Z' },
    },
  ])
  scheduler.stop()
  await scheduler.ended
  expect(scheduler.log.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 'info', message: 'run started', report: 'audit', due: '2026-06-01T06:00:00.000Z' },
    { time: '2026-06-01T06:00:01.000Z', level: 'info', message: 'run ended', report: 'audit', outcome: 'ok' },
  ])
})
