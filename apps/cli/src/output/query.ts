import { InputError } from '@backset/core'
import { compile, TreeInterpreter, type JSONValue } from '@jmespath-community/jmespath'

/** What a `--query` makes of a value. */
export type Query = (value: unknown) => unknown

/**
 * A JMESPath expression, compiled once.
 * @throws InputError when it is no JMESPath
 */
export function compileQuery(expression: string): Query {
  try {
    const tree = compile(expression)
    return (value) => TreeInterpreter.search(tree, value as JSONValue)
  } catch (error) {
    throw new InputError(`--query is no JMESPath: ${error instanceof Error ? error.message : String(error)}.`, {
      field: 'query',
      hint: "For example: --query '[?state==`failed`].backupSetDownloadTaskId'",
    })
  }
}
