import { DbsError } from './dbs-error.js'

/** The total time that was given is over. */
export class TimedOutError extends DbsError {
  override readonly name = 'TimedOutError'

  constructor(timeoutMs: number) {
    super('timed-out', `The work did not end within its ${timeoutMs / 1000} s.`, {
      hint: 'Give it more time with --timeout.',
      retryable: true,
    })
  }
}
