/**
 * Every `code` an error of ours can bear. The list is closed: scripts switch over it, and tables over it (exit codes, HTTP statuses,
 * docs/errors.md) do not compile while one is missing.
 */
export const errorCodes = [
  'invalid-input',
  'invalid-setting',
  'invalid-cursor',
  'unknown-region',
  'no-credentials',
  'credentials-refused',
  'signature-mismatch',
  'no-permission',
  'clock-skewed',
  'not-found',
  'throttled',
  'service-unavailable',
  'refused',
  'unreadable-answer',
  'answer-too-large',
  'unreachable',
  'listing-incomplete',
  'already-read',
  'timed-out',
  'task-failed',
  'cannot-write',
  'disk-full',
  'link-refused',
  'link-expired',
  'wrong-file',
  'aborted',
  'internal',
] as const

/** Our word for what went wrong. Code that checks errors checks this, not `instanceof`. */
export type ErrorCode = (typeof errorCodes)[number]
