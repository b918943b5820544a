import { DbsError } from '@backset/core'

/** An export that is not what it should be, or cannot be read as such. */
export const wrongFile = (message: string): DbsError =>
  new DbsError('wrong-file', message, { hint: 'Take it from a backup, or run its report again.' })
