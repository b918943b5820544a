import type { Proof } from '../paging/proof.js'
import { DbsError } from './dbs-error.js'

/** The whole list was read, and still it cannot be said that it is whole. The rows that came were yielded. */
export class IncompleteListingError extends DbsError {
  override readonly name = 'IncompleteListingError'
  readonly proof: Proof

  constructor(proof: Proof) {
    const { verdict, rows, walks, totalElements } = proof
    const message =
      verdict === 'short'
        ? `The list shows ${rows} rows, but DBS ${totalElements === undefined ? 'does not say how many it has' : `says it has ${totalElements}`}; ${walks} walks agree.`
        : `The list kept moving: ${walks} walks over it never agreed (${rows} rows seen, DBS says ${totalElements ?? 'nothing'}).`
    super('listing-incomplete', message, {
      hint:
        verdict === 'short'
          ? 'Try again; when it stays so, DBS counts tasks that it does not show, and --allow-incomplete (allowIncomplete) takes the list as it is.'
          : 'Try again when fewer tasks are made, or take it as it is with --allow-incomplete (allowIncomplete).',
      retryable: verdict === 'moving',
      requestId: proof.lastRequestId,
    })
    this.proof = proof
  }
}
