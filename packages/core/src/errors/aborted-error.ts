import { DbsError } from './dbs-error.js'

/** The caller's AbortSignal ended the work; `cause` is the signal's reason. */
export class AbortedError extends DbsError {
  override readonly name = 'AbortedError'

  constructor(signal: AbortSignal) {
    super('aborted', 'The work was aborted.', { cause: signal.reason })
  }
}

/** The error an aborted signal stands for: the reason itself when it is one of ours (a deadline), else an AbortedError. */
export function abortErrorOf(signal: AbortSignal): DbsError {
  return signal.reason instanceof DbsError ? signal.reason : new AbortedError(signal)
}
