import { InputError } from '@backset/core'
import { withBigInts } from '@backset/formats'
import { compile, TreeInterpreter, type JSONValue } from '@jmespath-community/jmespath'
import { exactTree } from './exact-tree.js'

/** What a `--query` makes of a value. */
export type Query = (value: unknown) => unknown

/**
 * A JMESPath expression, compiled once. Numbers are exact beyond 2^53 too, as bigints, or refused. What it asks of the rows themselves, as to sum texts,
 * shows when it sees them.
 * @throws InputError when it is no JMESPath or calls what is no function, then and there; and from the query, when it cannot be applied
 */
export function compileQuery(expression: string): Query {
  const tree = told('is no JMESPath', () => exactTree(compile(expression), expression))
  return (value) => told('cannot be applied', () => TreeInterpreter.search(tree, withBigInts(value) as JSONValue))
}

function told<Value>(what: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (error instanceof InputError) throw error
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    throw new InputError(`--query ${what}: ${reason}.`, {
      field: 'query',
      hint: "For example: --query '[?state==`failed`].backupSetDownloadTaskId'",
    })
  }
}
