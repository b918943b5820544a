import { describeBackupPlanList, startDeadline, TimedOutError } from '@backset/core'
import { allAtOnce, formatNames, plainRows, type FormatName } from '@backset/formats'
import { readCliSettings } from '../cli-settings.js'
import type { Context } from '../command.js'
import type { DoctorArgs } from '../commands/doctor.js'
import { checks } from '../doctor/checks.js'
import { exitCodeOf, runChecks } from '../doctor/run-checks.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { openDebug } from '../output/debug.js'
import { openPrinter } from '../output/print-rows.js'
import { inSession } from '../session.js'

const checkRows = plainRows({ check: 'CHECK', result: 'RESULT', detail: 'DETAIL', hint: 'NEXT STEP', ms: 'MS' })

/** `backset doctor`. Settings that cannot be read are a finding, so there is no session before the checks. */
export async function runDoctor(args: DoctorArgs, context: Context): Promise<number> {
  if (args['dry-run'] !== undefined) {
    return inSession(args, context, async (session) => {
      const [region] = session.regions
      const first = {
        operation: describeBackupPlanList,
        operationName: 'describeBackupPlanList',
        input: { region, pageNum: 0, pageSize: 30 },
        region,
      }
      return printDryRun(first, args, session, context)
    })
  }
  const { stdout, stderr, clock } = context
  const settings = await readCliSettings(args, context).then(
    ({ values }) => values,
    () => undefined,
  )
  const format = settings?.output ?? (args.output as FormatName | undefined) ?? formatIn(context) ?? (stdout.isTTY ? 'table' : 'json')
  const timeout = settings?.timeout
  using deadline = startDeadline(clock, timeout, () => new TimedOutError(timeout ?? 0), context.signal)
  const { signal } = context
  const session = { format, settings: { timezone: settings?.timezone ?? 'UTC' }, signal }
  await using printer = await openPrinter({ kind: checkRows, args, session, context })
  const debug = settings?.debug === true ? openDebug(stderr) : undefined
  const all = await runChecks(checks, { ...context, signal: deadline.signal, args }).finally(() => debug?.[Symbol.asyncDispose]())
  await printer.print(allAtOnce(all))
  // On a terminal the table may be too narrow for the next steps.
  if (stdout.isTTY && format === 'table')
    for (const { check, hint } of all) if (hint !== undefined) await stderr.write(`${check}: ${hint}\n`)
  return exitCodeOf(all)
}

/** What BACKSET_OUTPUT says, where other settings are wrong. */
const formatIn = ({ env }: Context): FormatName | undefined => formatNames.find((name) => name === env['BACKSET_OUTPUT'])
