import { samePlan } from '@backset/core'
import { maySee, type Caller } from '../auth/caller.js'
import type { PlanReader } from '../plans/plan-reader.js'
import { problemOf, type Problem } from '../problem.js'

/** The plans a caller may pick. */
export interface PlanChoice {
  /** By name; those without one by id. */
  readonly plans: readonly { readonly id: string; readonly name: string | undefined }[]
  /** Why the plans of DBS are not among them: the keys of the server may be allowed to list tasks, and not plans. */
  readonly trouble: Problem | undefined
}

/** The plans of a region as far as the caller may see; those its key names stand there even when DBS does not tell. */
export async function planChoice(
  reader: Pick<PlanReader, 'plans'>,
  caller: Caller,
  region: string | undefined,
  signal: AbortSignal,
): Promise<PlanChoice> {
  try {
    const { plans } = (await reader.plans(region, signal)).value
    const seen = plans
      .filter(({ backupPlanId }) => maySee(caller, backupPlanId))
      .map(({ backupPlanId, backupPlanName }) => ({ id: backupPlanId, name: backupPlanName }))
    return { plans: seen.toSorted(byName), trouble: undefined }
  } catch (error) {
    if (signal.aborted) throw error
    return { plans: (caller.plans ?? []).map((id) => ({ id, name: undefined })), trouble: problemOf(error).body }
  }
}

const byName = (a: PlanChoice['plans'][number], b: PlanChoice['plans'][number]): number => {
  const [left, right] = [a.name ?? a.id, b.name ?? b.id]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The plan of an id among them, with or without its prefix. */
export const chosenPlan = ({ plans }: PlanChoice, id: string | undefined): PlanChoice['plans'][number] | undefined =>
  id === undefined ? undefined : plans.find((plan) => samePlan(plan.id, id))
