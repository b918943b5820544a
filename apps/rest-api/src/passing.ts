import { DbsError } from '@backset/core'
import { statusOf } from './statuses.js'

/**
 * Whether an old answer serves better than this error: DBS, or the way to it, is in trouble, and asking again may help. What DBS refuses for good is told,
 * and so is that somebody left.
 */
export const isPassing = (error: unknown): error is DbsError =>
  error instanceof DbsError && statusOf(error) === 503 && error.code !== 'aborted' && error.code !== 'listing-incomplete'
