import type { ErrorCode } from '@backset/core'

/** The exit code of each error. A code without a number does not compile. */
export const exitCodes: Readonly<Record<ErrorCode, number>> = {
  refused: 1,
  throttled: 1,
  'service-unavailable': 1,
  'unreadable-answer': 1,
  'answer-too-large': 1,
  'clock-skewed': 1,
  'already-read': 1,
  'link-refused': 1,
  'link-expired': 1,
  internal: 1,
  'invalid-input': 2,
  'invalid-setting': 2,
  'invalid-cursor': 2,
  'unknown-region': 2,
  'cannot-write': 2,
  'no-credentials': 3,
  'credentials-refused': 3,
  'signature-mismatch': 3,
  'no-permission': 3,
  'not-found': 4,
  'listing-incomplete': 5,
  'timed-out': 6,
  'task-failed': 7,
  unreachable: 8,
  'disk-full': 9,
  'wrong-file': 9,
  aborted: 130,
}

/** The exit code when `--fail-if` held; no error. */
export const failIfHeld = 10

/** From least to worst. `wait` promises 7 before 6 before 4, `--fail-if` that 5 goes before it; what ends everything at once is worst. */
const order: readonly number[] = [0, failIfHeld, 4, 6, 7, 5, 1, 8, 9, 3, 2, 130]

/** The worst of several exit codes; 0 of none. A code that is not ours is worse than all but an interruption. */
export const worst = (codes: Iterable<number>): number => [...codes].reduce((worse, code) => (rank(code) > rank(worse) ? code : worse), 0)

const rank = (code: number): number => (order.includes(code) ? order.indexOf(code) : order.length - 1.5)
