import { expect, test } from 'vitest'
import type { Report } from '../src/config/report.js'
import { openMemoryLedger } from '../src/ledger/memory-ledger.js'
import { openDueTimes } from '../src/schedule/due-times.js'
import { reportOf, runsIn, scheduled } from './scheduled.js'
import { SleepingClock } from './sleeping-clock.js'

const dayMs = 86_400_000
const minuteMs = 60_000
const begin = Date.UTC(2026, 0, 1)
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']
const lines = { daily: '30 2 * * *', doubled: '15 1 * * *', quarters: '*/15 2 * * *', weekly: '0 6 * * 1' }

/** Local times as Intl tells them, minute by minute through the year: nothing of the code under test. */
function* minutesOf(
  timeZone: string,
): Generator<{ readonly at: number; readonly day: string; readonly weekday: string; readonly clock: string }> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  // Zones and their clock changes keep to quarters of an hour.
  for (let at = begin; at < begin + 366 * dayMs; at += 15 * minuteMs) {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    yield {
      at,
      day: `${part['year']}-${part['month']}-${part['day']}`,
      weekday: part['weekday'] ?? '',
      clock: `${part['hour']}:${part['minute']}`,
    }
  }
}

/** The moments at which each local time that is named comes first, or those after a gap that swallowed it. */
function expected(timeZone: string, wanted: (clock: string, weekday: string) => boolean): readonly number[] {
  const due = new Set<number>()
  const seen = new Set<string>()
  let before: string | undefined
  for (const { at, day, weekday, clock } of minutesOf(timeZone)) {
    const [from, to] = [before === undefined ? minuteOf(clock) : minuteOf(before) + 15, minuteOf(clock)]
    before = clock
    // Every quarter since the last one, so those that were left out too.
    for (let quarter = to >= from ? from : to; quarter <= to; quarter += 15) {
      const name = `${String(Math.floor(quarter / 60)).padStart(2, '0')}:${String(quarter % 60).padStart(2, '0')}`
      if (!wanted(name, weekday) || seen.has(`${day} ${name}`)) continue
      seen.add(`${day} ${name}`)
      due.add(at)
    }
  }
  return [...due]
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

const oracles: Readonly<Record<keyof typeof lines, (zone: string) => readonly number[]>> = {
  daily: (zone) => expected(zone, (clock) => clock === '02:30'),
  doubled: (zone) => expected(zone, (clock) => clock === '01:15'),
  quarters: (zone) => expected(zone, (clock) => clock.startsWith('02:')),
  weekly: (zone) => expected(zone, (clock, weekday) => weekday === 'Mon' && clock === '06:00'),
}

const reports = (names: readonly (keyof typeof lines)[]): readonly Report[] =>
  zones.flatMap((timeZone) =>
    names.map((name) => reportOf({ name: `${name} ${timeZone}`, schedule: lines[name], timeZone, catchUp: 'all' })),
  )

async function dueOf(ledger: ReturnType<typeof openMemoryLedger>, report: string): Promise<readonly number[]> {
  return (await runsIn(ledger)).filter((run) => run.report === report && run.outcome === 'ok').map(({ due }) => Date.parse(due))
}

/** Lets a year pass; `live` keeps the schedulers going. */
async function year(
  names: readonly (keyof typeof lines)[],
  live: (clock: SleepingClock, start: () => ReturnType<typeof scheduled>) => Promise<void>,
): Promise<void> {
  const clock = new SleepingClock(begin - minuteMs)
  const ledger = openMemoryLedger({ clock })
  await live(clock, () => scheduled(reports(names), { ledger, clock, lookEveryMs: dayMs }))
  const until = begin + 363 * dayMs
  for (const zone of zones)
    for (const name of names) {
      const runs = (await dueOf(ledger, `${name} ${zone}`)).filter((due) => due < until)
      expect(runs, `${name} ${zone}`).toEqual(oracles[name](zone).filter((due) => due < until))
    }
}

test('through a year no run is lost and none comes twice', async () => {
  await year(['daily', 'doubled', 'quarters', 'weekly'], async (clock, start) => {
    const scheduler = start()
    await clock.turn(364 * dayMs)
    scheduler.stop()
    await scheduler.ended
  })
}, 60_000)

test('nor does one where two schedulers take turns and stand for days', async () => {
  await year(['daily', 'weekly'], async (clock, start) => {
    for (let day = 0; day < 364;) {
      const pair = [start(), start()]
      const days = Math.min(364 - day, 5 + (day % 11))
      await clock.turn(days * dayMs)
      for (const scheduler of pair) scheduler.stop()
      await Promise.all(pair.map(({ ended }) => ended))
      const away = Math.min(364 - day - days, day % 4)
      await clock.turn(away * dayMs)
      day += days + away
    }
    const last = start()
    await clock.turn(minuteMs)
    last.stop()
    await last.ended
  })
}, 60_000)

test('a line of every hour is due in each hour that a clock shows', () => {
  for (const zone of zones) {
    const next = openDueTimes('0 * * * *', zone)
    const due: number[] = []
    for (let at = next(begin - 1); at !== undefined && at < begin + 365 * dayMs; at = next(at)) due.push(at)
    const hours = [...minutesOf(zone)].filter(({ at, clock }) => clock.endsWith(':00') && at < begin + 365 * dayMs)
    expect(due, zone).toEqual(hours.map(({ at }) => at))
  }
}, 60_000)
