import { DbsError } from './dbs-error.js'
import { inSeconds } from './in-seconds.js'

/** The total time that was given is over. */
export class TimedOutError extends DbsError {
  override readonly name = 'TimedOutError'

  constructor(timeoutMs: number) {
    super('timed-out', `The work did not end within its ${inSeconds(timeoutMs)}.`, {
      hint: 'Give it more time with --timeout.',
      retryable: true,
    })
  }
}
