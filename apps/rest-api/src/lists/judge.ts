import { IncompleteListingError, type Proof } from '@backset/core'
import { maySee, type Caller } from '../auth/caller.js'
import { noSuchPlan, noSuchTask } from '../no-such.js'
import { isProved } from '../routes/proof-schema.js'
import type { Source } from '../snapshots/source.js'

/** A plan that the caller may not see is not there. @throws NotFoundError */
export function requirePlan(caller: Caller, { backupPlanId }: Source): void {
  if (backupPlanId !== undefined && !maySee(caller, backupPlanId)) throw noSuchPlan(backupPlanId)
}

/** One task that was asked for by its id must be among the rows that the caller may see, which DBS gave under this request id. @throws NotFoundError */
export function requireTask(seen: boolean, { backupSetDownloadTaskId }: Source, requestId: string | undefined): void {
  if (backupSetDownloadTaskId !== undefined && !seen) throw noSuchTask(backupSetDownloadTaskId, requestId)
}

/** @throws IncompleteListingError when the list was not proved complete, unless that is taken */
export function requireProof(proof: Proof | undefined, { allowIncomplete }: { readonly allowIncomplete: boolean }): asserts proof is Proof {
  if (proof === undefined) throw new TypeError('A list ended without its proof.')
  if (!allowIncomplete && !isProved(proof)) throw new IncompleteListingError(proof)
}
