import { InputError } from '@backset/core'
import type { Context } from '../command.js'
import { readConfig } from '../config/read-config.js'
import { reportSchema } from '../config/report-schema.js'
import { clockChangeWarning } from '../schedule/clock-change-warning.js'

export interface ValidateArgs {
  readonly words: readonly string[]
  readonly schema?: boolean | undefined
}

/**
 * Checks a report file, or prints the schema of all.
 * @throws SettingsError with every fault
 */
export async function validate({ words: [path], schema }: ValidateArgs, { env, cwd, clock, stdout, stderr }: Context): Promise<number> {
  if (schema === true) {
    await stdout.write(`${JSON.stringify(reportSchema(), undefined, 2)}\n`)
    return 0
  }
  if (path === undefined) throw new InputError('validate needs CONFIG.', { hint: 'Name a report file, or say --schema.' })
  const { reports, warnings } = await readConfig(path, { env, cwd, now: clock.now() })
  const ofSchedules = reports.flatMap((report) => report.redact(clockChangeWarning(report, clock.now()) ?? ''))
  for (const warning of [...warnings, ...ofSchedules].filter((text) => text !== ''))
    await stderr.write(`backset-report: warning: ${warning}\n`)
  await stdout.write(`${path} is right: ${reports.length === 1 ? '1 report' : `${reports.length} reports`}.\n`)
  return 0
}
