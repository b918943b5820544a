import { nearestName } from '@backset/core'
import type * as z from 'zod'

interface Fault {
  readonly field: string
  readonly message: string
}

/** The request does not fit its contract: every fault at once. */
export class RequestFaults extends Error {
  override readonly name = 'RequestFaults'
  readonly code = 'invalid-input'
  readonly faults: readonly Fault[]
  readonly hint: string | undefined

  /** @param known what may stand there, for the nearest name */
  constructor(error: z.core.$ZodError, known: readonly string[] = []) {
    const faults = error.issues.flatMap(faultsOf)
    super(faults.map(inWords).join(' '))
    this.faults = faults
    const nearest = faults
      .map(({ field }) => (known.includes(field) ? undefined : nearestName(field, known)))
      .filter((name) => name !== undefined)
    this.hint = nearest.length === 0 ? undefined : `Did you mean ${nearest.join(', ')}?`
  }
}

/** With its field before it, unless it begins with that. */
const inWords = ({ field, message }: Fault): string => (field === '' || message.startsWith(`${field} `) ? message : `${field}: ${message}`)

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, message: 'There is no such parameter.' }))
  return [{ field: issue.path.map(String).join('.'), message: issue.message }]
}
