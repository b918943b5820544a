import { InputError } from '@backset/core'
import type { Context } from '../command.js'
import { readConfig } from '../config/read-config.js'
import { openWorld } from '../open-world.js'
import { openEventLog } from '../schedule/event-log.js'
import { healthAddress } from '../schedule/health-address.js'
import { openHealthServer } from '../schedule/health-server.js'
import { RunBoard } from '../schedule/run-board.js'
import { runDue, tellOfStandstill } from '../schedule/run-due.js'
import { keepSchedules } from '../schedule/scheduler.js'

export interface ScheduleArgs {
  readonly words: readonly string[]
  readonly health?: string | undefined
}

/**
 * Stays and runs each report when it is due, until it is told to stop.
 * @param flags common settings by flag; they win over the file
 * @throws SettingsError, InputError, and then nothing was begun
 */
export async function keepReports(
  { words: [path = ''], health }: ScheduleArgs,
  flags: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<number> {
  const { env, cwd, clock, stderr, owner, version, signal: stop } = context
  const address = health === undefined ? undefined : healthAddress(health)
  const { reports, warnings, redact } = await readConfig(path, { env, flags, cwd, now: clock.now() })
  const scheduled = reports.filter(({ schedule }) => schedule !== undefined)
  if (scheduled.length === 0)
    throw new InputError(`${path} has no report with a schedule.`, { hint: 'Give a report a schedule, or use backset-report run.' })
  const log = openEventLog(stderr, { clock, redact })
  const board = new RunBoard(
    scheduled.map(({ name }) => name),
    log,
  )
  await using server = address && (await openHealthServer({ ...address, standings: () => board.standings, stop }))
  for (const warning of warnings) log.tell('warn', warning)
  log.tell('info', 'scheduling', { reports: scheduled.length, version, ...(server !== undefined && { health: server.url }) })
  const world = openWorld(context, (report, output) => log.tell('info', 'notice command', { report, output }))
  await keepSchedules({
    reports: scheduled,
    ledgerOf: world.ledgerOf,
    clock,
    owner,
    board,
    stop,
    onStandstill: (report, error) => tellOfStandstill(report, error, world),
    runDue: (report, due, signal) => runDue(report, due, { ...world, signal }),
  })
  log.tell('info', 'stopped')
  await log.flush()
  return 0
}
