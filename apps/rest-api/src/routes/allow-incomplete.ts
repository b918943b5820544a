import * as z from 'zod'

/** `allowIncomplete=true` takes a list that could not be proved complete as it came. */
export const allowIncompleteQuery = z
  .enum(['true', 'false'])
  .optional()
  .transform((word) => word === 'true')
  .meta({ description: 'Take a list that could not be proved complete, with a proof that says so, instead of 503' })
