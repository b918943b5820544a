import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DbsError, startDeadline, TimedOutError } from '@backset/core'
import { exitCodes, failIfHeld } from '@backset/settings'
import type { Alarm } from './alarms.js'
import type { Report } from './config/report.js'
import { fileName } from './file-name.js'
import { holdClaim } from './hold-claim.js'
import { keepNewest } from './keep.js'
import { manifestOf } from './manifest.js'
import type { EndedRun } from './notices/notice-body.js'
import type { Claim, ClaimAnswer, Ledger, RunRecord } from './ports/ledger.js'
import { settleUnfinished } from './settle-unfinished.js'
import type { World } from './world.js'
import { writeExport, type Exported } from './write-export.js'

export interface RunOptions extends World {
  /** Epoch milliseconds. */
  readonly due: number
  /** For schedules: a due time that was dealt with is not run again, and that another run is going on is for the caller to judge, and not noted. @default false */
  readonly once?: boolean
  readonly onRows?: ((rows: number) => void) | undefined
}

/** A run, as the ledger has it and as its caller goes on from it. */
export interface Run {
  readonly record: RunRecord
  /** What a command ends with. */
  readonly exitCode: number
  /** Absolute, where an export was written. */
  readonly file?: string
  readonly manifest?: string
  readonly error?: DbsError
  /** What was found that is worth one; the exit code is 10 when `failIf` names it. */
  readonly alarms?: readonly Alarm[]
  /** Why there was no run. */
  readonly skipped?: 'busy' | 'done'
  /** The ledger could not be told, or another process had taken over: what the ledger knows of this due time, this run did not say. */
  readonly untold?: boolean
}

/**
 * Runs a report once: claims it, writes its export, and tells the ledger. It throws nothing: what went wrong is in the run.
 */
export async function runReport(report: Report, options: RunOptions): Promise<Run> {
  const { due: dueMs, once = false, ledgerOf, owner } = options
  const due = new Date(dueMs)
  const file = fileName(report.file, { ...report, due })
  const ledger = ledgerOf(report.output)
  try {
    const answer = await ledger.claim({ report: report.name, due: dueMs, owner, file, again: !once })
    if (answer.state === 'run') return await runClaimed(report, answer, ledger, options)
    return await skip(report, answer, ledger, options)
  } catch (error) {
    const failure = ours(error, report)
    const exitCode = exitCodes[failure.code]
    const record = failed({ report: report.name, due: due.toISOString() }, failure)
    // A schedule tries again and again: it tells of the first time alone.
    if (!once && record.outcome === 'failed') await options.notify?.(report, { record, exitCode }, options.signal)
    return { record, exitCode, error: failure, untold: true }
  }
}

async function skip(
  report: Report,
  answer: Exclude<ClaimAnswer, { state: 'run' }>,
  ledger: Ledger,
  { due, once }: RunOptions,
): Promise<Run> {
  const reason =
    answer.state === 'done'
      ? 'This due time has been dealt with.'
      : `It is running already${answer.owner === undefined ? '' : `, by ${answer.owner}`}${answer.due === undefined ? '' : `, due ${answer.due}`}.`
  if (once !== true) await ledger.note(report.name, due, 'skipped', reason)
  const record: RunRecord = { report: report.name, due: new Date(due).toISOString(), outcome: 'skipped', reason }
  return { record, exitCode: 0, skipped: answer.state }
}

async function runClaimed(
  report: Report,
  { claim, unfinished }: Extract<ClaimAnswer, { state: 'run' }>,
  ledger: Ledger,
  options: RunOptions,
): Promise<Run> {
  const { clock, signal: stop } = options
  using held = holdClaim(ledger, claim, clock)
  const { timeout } = report.settings
  using deadline = startDeadline(clock, timeout, () => new TimedOutError(timeout ?? 0), stop, held.signal)
  const begun = { report: report.name, due: claim.due, started: claim.started }
  /** Those who want to know are told while the claim is held: who has lost it tells nothing, and the ledger learns who could not be told. */
  const notify = async (run: EndedRun): Promise<RunRecord> => {
    using ends = startDeadline(clock, undefined, () => new TimedOutError(0), stop, held.signal)
    const failures = (await options.notify?.(report, run, ends.signal)) ?? []
    const reason = [run.record.reason, ...failures].filter((text) => text !== undefined).join(' ')
    return reason === '' ? run.record : { ...run.record, reason }
  }
  try {
    await settleUnfinished(report, unfinished, { ledger, due: claim.due })
    const earlier = await ledger.exports(report.name)
    const last = earlier.at(-1)
    const exported = await writeExport(report, {
      ...options,
      claim,
      due: new Date(options.due),
      signal: deadline.signal,
      openClient: (place) => options.openClient({ report, ...place }),
      previous:
        last?.file === undefined || last.manifestSha256 === undefined ? null : { file: manifestOf(last.file), sha256: last.manifestSha256 },
      mayPublish: held.check,
    })
    return await published(report, exported, { claim, ledger, earlier, notify })
  } catch (error) {
    const failure = ours(error, report)
    const record = failed({ ...begun, ended: new Date(clock.now()).toISOString() }, failure)
    const exitCode = exitCodes[failure.code]
    const final = record.outcome === 'failed' ? await notify({ record, exitCode }) : record
    return { ...(await told(ledger, claim, final)), exitCode, error: failure }
  }
}

interface Published {
  readonly claim: Claim
  readonly ledger: Ledger
  readonly earlier: readonly RunRecord[]
  readonly notify: (run: EndedRun) => Promise<RunRecord>
}

/** Its export stands: whatever fails from here on makes the run no less ok. */
async function published(
  report: Report,
  { rows, bytes, sha256, manifestSha256, companion, ended, alarms, incomplete }: Exported,
  { claim, ledger, earlier, notify }: Published,
): Promise<Run> {
  const { due, started, file: name } = claim
  const facts = { rows, bytes, file: name, sha256, manifestSha256, ...(companion !== undefined && { companion }) }
  const whole: RunRecord = {
    report: report.name,
    due,
    started,
    ended,
    outcome: 'ok',
    ...facts,
    ...(incomplete !== undefined && { reason: incomplete }),
  }
  const file = join(report.output, name)
  const held = alarms.some(({ alarm }) => report.failIf.includes(alarm))
  const exitCode = held ? failIfHeld : 0
  const record = await notify({ record: whole, exitCode, alarms })
  const run: Run = { record, exitCode, file, manifest: manifestOf(file), alarms }
  try {
    const replaced = earlier.find((one) => one.file === name)?.companion
    if (replaced !== undefined && replaced !== companion) await rm(join(report.output, replaced), { force: true })
    if ((await ledger.commit(claim, record)) === 'fenced')
      return { ...run, record: { ...record, reason: 'Another process has taken over.' }, untold: true }
    await keepNewest(report, ledger)
    return run
  } catch (error) {
    const failure = ours(error, report)
    return { ...run, record: { ...record, reason: failure.message }, exitCode: exitCodes[failure.code], error: failure, untold: true }
  }
}

/** An interrupted run is none: its due time is still owed. */
const failed = (begun: Omit<RunRecord, 'outcome'>, { code, message }: DbsError): RunRecord => ({
  ...begun,
  outcome: code === 'aborted' ? 'abandoned' : 'failed',
  reason: code === 'aborted' ? 'It was told to stop.' : `${code}: ${message}`,
})

/** Where the disk is full the ledger may be too; then the next run tells what became of this one. */
async function told(ledger: Ledger, claim: Claim, record: RunRecord): Promise<Pick<Run, 'record' | 'untold'>> {
  try {
    const answer = await ledger.commit(claim, record)
    if (answer === 'committed') return { record }
    return { record: { ...record, reason: `${record.reason ?? ''} Another process has taken over.`.trim() }, untold: true }
  } catch {
    return { record, untold: true }
  }
}

/** As ours, and without anything that came from the environment. */
function ours(error: unknown, { redact }: Report): DbsError {
  if (!(error instanceof DbsError)) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return new DbsError('internal', `The run failed in a way it should not: ${redact(text)}`, {
      hint: 'Please report it, with what you ran.',
    })
  }
  const { code, message, hint, ...facts } = error
  const shown = redact(message)
  return shown === message ? error : new DbsError(code, shown, { ...facts, hint: hint === undefined ? undefined : redact(hint) })
}
