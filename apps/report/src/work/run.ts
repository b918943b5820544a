import { openTimeZone, parseMoment } from '@backset/core'
import { terminalLines } from '@backset/formats'
import { failureText, worst } from '@backset/settings'
import type { Context } from '../command.js'
import { chosenReports } from '../config/chosen-reports.js'
import { readConfig } from '../config/read-config.js'
import type { Report } from '../config/report.js'
import { openWorld } from '../open-world.js'
import { runReport, type Run } from '../run-report.js'
import { openProgress } from './progress.js'
import { plannedRun, plannedText } from './planned-run.js'

export interface RunArgs {
  readonly words: readonly string[]
  readonly only?: readonly string[] | undefined
  readonly due?: string | undefined
  readonly 'dry-run'?: boolean | undefined
  readonly output?: string | undefined
}

/**
 * Runs the reports of a file, one after the other.
 * @param flags common settings by flag; they win over the file
 * @returns the worst exit code
 * @throws SettingsError, InputError, and then nothing was sent
 */
export async function runReports(args: RunArgs, flags: Readonly<Record<string, unknown>>, context: Context): Promise<number> {
  const { env, cwd, clock, stdout, stderr } = context
  const {
    words: [path = ''],
    due,
    output,
  } = args
  const now = clock.now()
  const config = await readConfig(path, { env, flags, cwd, now })
  for (const warning of config.warnings) await stderr.write(`backset-report: warning: ${warning}\n`)
  const chosen = chosenReports(config, args.only ?? [])
  const asJson = output === undefined ? !stdout.isTTY : output === 'json'
  const planned = chosen.map((report) => ({ report, due: due === undefined ? now : dueIn(report, due, now) }))
  if (args['dry-run'] === true) {
    const runs = planned.map((one) => plannedRun(one.report, one.due))
    await stdout.write(asJson ? `${JSON.stringify(runs, undefined, 2)}\n` : runs.map(plannedText).join(''))
    return 0
  }
  const world = openWorld(context, (report, text) => void stderr.write(`${report}: ${text}\n`))
  const runs: { readonly report: Report; readonly run: Run }[] = []
  for (const one of planned) {
    if (context.signal.aborted) break
    const progress = openProgress(one.report.name, stderr)
    const ended = await runReport(one.report, { ...world, due: one.due, onRows: progress.rows })
    await progress.end()
    runs.push({ report: one.report, run: ended })
    if (ended.error !== undefined) await stderr.write(terminalLines(failureText(ended.error, { program: 'backset-report', asJson }).text))
    if (ended.record.outcome === 'ok' && ended.record.reason !== undefined)
      await stderr.write(`backset-report: warning: ${one.report.name}: ${ended.record.reason}\n`)
    if (!asJson) await stdout.write(runText(one.report, ended))
  }
  if (asJson) await stdout.write(`${JSON.stringify(runs.map(runJson), undefined, 2)}\n`)
  return worst([...runs.map(({ run: { exitCode } }) => exitCode), ...(runs.length < planned.length ? [interrupted] : [])])
}

const interrupted = 130

const dueIn = ({ timeZone }: Report, text: string, now: number): number =>
  parseMoment(text, { now: new Date(now), zone: openTimeZone(timeZone), field: 'due' })

/** A run as scripts see it. */
function runJson({ report, run }: { readonly report: Report; readonly run: Run }): object {
  const { record, file, manifest, error, alarms } = run
  const { outcome, due, rows, bytes, sha256, reason } = record
  return {
    name: report.name,
    outcome,
    due,
    ...(file !== undefined && { file, manifest }),
    ...(outcome === 'ok' && { rows, bytes, sha256 }),
    ...(alarms !== undefined && alarms.length > 0 && { alarms: alarms.length }),
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error: error.toJSON() }),
  }
}

function runText({ name }: Report, { record, file, alarms = [], exitCode }: Run): string {
  const { outcome, rows = 0, reason } = record
  if (outcome !== 'ok') return `${name}: ${outcome}${reason === undefined ? '' : `: ${reason}`}\n`
  const found =
    alarms.length === 0 ? '' : `, ${alarms.length === 1 ? '1 alarm' : `${alarms.length} alarms`}${exitCode === 0 ? '' : ' (failIf)'}`
  return `${name}: ${rows === 1 ? '1 row' : `${rows} rows`} in ${file ?? ''}${found}\n`
}
