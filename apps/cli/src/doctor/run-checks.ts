import { DbsError, startDeadline } from '@backset/core'
import { exitCodes, worst } from '@backset/settings'
import type { Check, CheckName, Finding, Known, Scene } from './check.js'

/** A check as it is printed. */
export interface Checked extends Pick<Finding<unknown>, 'result' | 'detail' | 'hint' | 'code'> {
  readonly check: CheckName
  readonly ms: number
}

/** The most that one check may take, ms; the whole command is bounded by its own deadline. */
const longestMs = 15_000

/** Runs the checks in their order; one whose needs were not met is skipped. */
export async function runChecks(checks: readonly Check[], scene: Scene): Promise<readonly Checked[]> {
  const known: Partial<Known> = {}
  const all: Checked[] = []
  for (const check of checks) {
    const startedAt = scene.clock.monotonic()
    const missing = check.needs.find((need) => known[need] === undefined)
    const { fact, ...finding } =
      missing === undefined ? await bounded(check, known as Known, scene) : skipped(`It needs the check ${missing}, which did not go well.`)
    if (fact !== undefined) Object.assign(known, { [check.name]: fact })
    all.push({ check: check.name, ...finding, ms: Math.round(scene.clock.monotonic() - startedAt) })
  }
  return all
}

const skipped = (detail: string): Finding<never> => ({ result: 'skipped', detail })

async function bounded(check: Check, known: Known, scene: Scene): Promise<Finding<unknown>> {
  const limitMs = check.isOneAttempt === true ? Math.min(longestMs, known.settings.attemptTimeout) : longestMs
  const tooLong = (): DbsError =>
    new DbsError('unreachable', `There was no answer within ${limitMs / 1000} s.`, {
      hint: 'Look for a firewall that drops packets without a word, or give more time with --attempt-timeout.',
    })
  using deadline = startDeadline(scene.clock, limitMs, tooLong, scene.signal)
  try {
    return await check.run(known, { ...scene, signal: deadline.signal })
  } catch (error) {
    if (!(error instanceof DbsError) || error.code === 'aborted') throw error
    return { result: 'failed', detail: error.message, hint: error.hint, code: error.code }
  }
}

/** The exit code of the worst failure. */
export const exitCodeOf = (all: readonly Checked[]): number =>
  worst(all.flatMap(({ result, code = 'internal' }) => (result === 'failed' ? [exitCodes[code]] : [])))
