import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '@backset/core'
import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { openFileLedger } from '../src/ledger/file-ledger.js'
import { ending, startCommand, type Child } from './process.js'
import { tempFolder } from './temp-folder.js'
import { runsIn } from './scheduled.js'

/** One a second; with BACKSET_DUE_RUNS=200 as long as it was asked for. */
const dueRuns = Number(process.env['BACKSET_DUE_RUNS'] ?? 20)

test(`two schedulers run ${dueRuns} due times once, though one is killed`, { timeout: (dueRuns + 120) * 1000 }, async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 20 })
  await using folder = await tempFolder()
  const path = join(folder.path, 'report.yaml')
  await writeFile(
    path,
    'version: 1\nreports:\n  - { name: audit, schedule: "* * * * * *", catchUp: all, output: out, source: { plans: all } }\n',
  )
  const start = (): Child => {
    const child = startCommand(['schedule', path], emulator)
    child.stdout.resume()
    child.stderr.resume()
    return child
  }
  const schedulers = [start(), start()]
  const ledger = openFileLedger(join(folder.path, 'out'), { clock: systemClock, owner: 'test' })
  const ended = async (): Promise<number> => (await runsIn(ledger)).filter(({ outcome }) => outcome === 'ok').length
  // Neither who is killed nor when it happens is chosen.
  const [victim, killAfter] = [Math.floor(Math.random() * 2), 2 + Math.floor(Math.random() * (dueRuns - 4))]
  while ((await ended()) < killAfter) await delay(50)
  await delay(Math.random() * 1000)
  schedulers[victim]?.kill('SIGKILL')
  while ((await ended()) < dueRuns) await delay(200)
  for (const scheduler of schedulers) scheduler.kill('SIGTERM')
  const exits = await Promise.all(schedulers.map(ending))
  expect(exits).toEqual(victim === 0 ? ['SIGKILL', 0] : [0, 'SIGKILL'])
  const runs = await runsIn(ledger)
  const byDue = grouped(runs)
  const times = [...byDue.keys()].map((due) => Date.parse(due)).toSorted((a, b) => a - b)
  // Every second from the first to the last, so none is lost.
  expect(times).toEqual(Array.from(times, (_, at) => (times[0] ?? 0) + at * 1000))
  const twice = [...byDue.values()].filter((outcomes) => outcomes.length > 1)
  expect(twice.length).toBeLessThanOrEqual(1)
  for (const outcomes of byDue.values()) expect([['ok'], ['abandoned', 'ok']]).toContainEqual(outcomes)
})

const grouped = (runs: Awaited<ReturnType<typeof runsIn>>): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  for (const { due, outcome } of runs) found.set(due, [...(found.get(due) ?? []), outcome])
  return found
}
