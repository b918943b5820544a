import { DbsError } from './dbs-error.js'
import { redactText } from './redact-text.js'

/**
 * Whatever was thrown, as an error of ours. What is not yet is a fault of ours, or of a part that was given to us: its message passes redacted and its
 * cause not at all, for it may quote keys; the frames of its stack do, for they are what a report needs.
 */
export function asOurs(thrown: unknown): DbsError {
  if (thrown instanceof DbsError) return thrown
  const said = thrown instanceof Error ? `${thrown.name}: ${redactText(thrown.message, 200)}` : 'something that is no error'
  const error = new DbsError('internal', `The call failed in a way it should not: ${said}`, { hint: 'Please report it.' })
  const frames = thrown instanceof Error ? (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  if (frames.length > 0) error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n')
  return error
}
