import { DbsError } from './errors/dbs-error.js'
import type { Operation } from './operations/operation.js'
import type { Answer } from './transport/caller.js'

/** What an operation makes of its answer. One that cannot be read still tells which request it answers. */
export function outputOf<Output>({ output }: Pick<Operation<unknown, Output>, 'output'>, { body, requestId }: Answer): Output {
  try {
    return output(body)
  } catch (error) {
    if (error instanceof DbsError) error.requestId ??= requestId
    throw error
  }
}
