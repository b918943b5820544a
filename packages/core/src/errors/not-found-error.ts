import { DbsError, type ErrorFacts } from './dbs-error.js'

/** What was asked for by its id is not there. */
export class NotFoundError extends DbsError {
  override readonly name = 'NotFoundError'

  constructor(message: string, facts: ErrorFacts = {}) {
    super('not-found', message, facts)
  }
}
