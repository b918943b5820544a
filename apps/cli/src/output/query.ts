import { InputError } from '@backset/core'
import { compile, TreeInterpreter, type JSONValue } from '@jmespath-community/jmespath'

/** What a `--query` makes of a value. */
export type Query = (value: unknown) => unknown

/**
 * A JMESPath expression, compiled once. What it asks of the rows themselves, as to sum texts, shows when it sees them.
 * @throws InputError when it is no JMESPath, then and there; and from the query, when it cannot be applied
 */
export function compileQuery(expression: string): Query {
  const tree = told('is no JMESPath', () => compile(expression))
  return (value) => told('cannot be applied', () => TreeInterpreter.search(tree, value as JSONValue))
}

function told<Value>(what: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw new InputError(`--query ${what}: ${error instanceof Error ? error.message : String(error)}.`, {
      field: 'query',
      hint: "For example: --query '[?state==`failed`].backupSetDownloadTaskId'",
    })
  }
}
