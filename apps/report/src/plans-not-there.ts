import { DbsError, findBackupPlan } from '@backset/core'
import type { Source } from './sources.js'

/**
 * The plans that DBS knows in no place they were asked for. It lists nothing for them: a mistyped id must not become an export that says, with a proof, that
 * there was nothing. A plan that has tasks in one region need not be known in another.
 * @param empty the lists of `all` that ended without a task
 */
export async function plansNotThere(empty: readonly Source[], all: readonly Source[], signal: AbortSignal): Promise<readonly string[]> {
  const absent: string[] = []
  for (const plan of new Set(empty.map((source) => source.plan))) {
    const places = empty.filter((source) => source.plan === plan)
    if (places.length < all.filter((source) => source.plan === plan).length) continue
    let isKnown = false
    for (const place of places) isKnown ||= await mayBeThere(place, signal)
    if (!isKnown) absent.push(plan)
  }
  return absent
}

async function mayBeThere({ client, plan }: Source, signal: AbortSignal): Promise<boolean> {
  try {
    return (await findBackupPlan(client, plan, { signal })) !== undefined
  } catch (error) {
    // Keys that may list tasks and no plans are enough for a report of named plans.
    if (error instanceof DbsError && error.code === 'no-permission') return true
    throw error
  }
}
