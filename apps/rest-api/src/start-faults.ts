import { DbsError } from '@backset/core'
import { type Fault, SettingsError } from '@backset/settings'

/**
 * Waits for the parts that a start is made of, so that whoever starts it is told everything that is wrong at once.
 * @throws DbsError the fault, where it is the only one; SettingsError with every one; what is no fault of settings as it came
 */
export async function allOrEveryFault<const Values extends readonly unknown[]>(parts: {
  readonly [At in keyof Values]: Promise<Values[At]>
}): Promise<Values> {
  const settled: readonly PromiseSettledResult<unknown>[] = await Promise.allSettled(parts)
  const reasons = settled.flatMap((part): readonly unknown[] => (part.status === 'rejected' ? [part.reason] : []))
  const faults = reasons.filter((reason) => reason instanceof DbsError)
  if (faults.length > 1 && faults.length === reasons.length) throw new SettingsError(faults.flatMap(faultsOf))
  // What is no fault of settings is a bug, and goes first: it must not look like a slip of whoever starts it.
  const bug = settled.findIndex((part) => part.status === 'rejected' && !(part.reason instanceof DbsError))
  if (bug !== -1) await parts[bug]
  return Promise.all(parts)
}

const faultsOf = (error: DbsError): readonly Fault[] =>
  error instanceof SettingsError ? error.faults : [{ source: error.code, message: error.message, remedy: error.hint }]
