import type { DbsError } from '@backset/core'
import { exitCodes, worst } from '@backset/settings'
import type { Session } from '../session.js'
import { ownFailure } from './failure.js'

/** Says what went wrong with some of several things, the worst last, and gives its exit code: the command goes on, and ends with it. */
export async function tellFailures(errors: readonly DbsError[], { format, formatNamed, stderr }: Session): Promise<number> {
  const exitCode = worst(errors.map(({ code }) => exitCodes[code]))
  const asJson = formatNamed && (format === 'json' || format === 'ndjson')
  const isWorst = ({ code }: DbsError): boolean => exitCodes[code] === exitCode
  for (const error of [...errors.filter((one) => !isWorst(one)), ...errors.filter(isWorst)])
    await stderr.write(ownFailure(error, asJson).text)
  return exitCode
}
