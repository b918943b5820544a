import { InputError, nearestName } from '@backset/core'
import { TreeInterpreter, TYPE_EXPREF } from '@jmespath-community/jmespath'
import { operators } from './exact-functions.js'

interface Call {
  readonly name: string
  readonly children: readonly { readonly type?: unknown }[]
}

/**
 * What can be known of a call before any row is there: whether there is such a function, and whether it takes so many arguments of that form.
 * @throws InputError
 */
export function checkCall({ name, children }: Call): void {
  /* oxlint-disable no-underscore-dangle -- the library's table of signatures is public, under this name */
  const functions = TreeInterpreter.runtime._functionTable
  const signature = Object.hasOwn(functions, name) && !operators.includes(name) ? functions[name]?._signature : undefined
  /* oxlint-enable no-underscore-dangle */
  if (signature === undefined) throw unknownFunction(name, Object.keys(functions))
  const least = signature.filter(({ optional }) => optional !== true).length
  const most = signature.at(-1)?.variadic === true ? Infinity : signature.length
  if (children.length < least || children.length > most) {
    const takes = most === Infinity ? `${least} or more` : least === most ? String(least) : `${least} to ${most}`
    throw wrongCall(`${name}() takes ${takes} argument${takes === '1' ? '' : 's'}, but is given ${children.length}.`)
  }
  signature.forEach(({ types }, at) => {
    const type = children[at]?.type
    if (types.every((one) => one === TYPE_EXPREF) && type !== 'ExpressionReference')
      throw wrongCall(`${name}() takes an expression as argument ${at + 1}: write & before it, as &backupSetDataSize.`)
  })
}

const wrongCall = (what: string): InputError =>
  new InputError(`--query: ${what}`, { field: 'query', hint: 'See https://jmespath.site for its functions.' })

function unknownFunction(name: string, functions: readonly string[]): InputError {
  const known = functions.filter((one) => !operators.includes(one)).toSorted()
  const nearest = nearestName(name, known)
  return new InputError(`--query calls ${name}(), which is no function of JMESPath.`, {
    field: 'query',
    hint: nearest === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${nearest}()?`,
  })
}
