import { tokenize, type compile } from '@jmespath-community/jmespath'
import { checkCall } from './check-call.js'
import { beyondExact } from './exact-number.js'
import './exact-functions.js'

type Tree = ReturnType<typeof compile>
type Node = Readonly<Record<string, unknown>>

const ordering: readonly unknown[] = ['GT', 'GTE', 'LT', 'LTE']

/**
 * A parsed expression in which nothing rounds: comparisons and sums go through functions that know bigints, whole numbers beyond 2^53 keep the digits they
 * were written with. Calls and variables are checked on the way.
 * @throws InputError for a call that cannot work, Error for what else is wrong
 */
export function exactTree(tree: Tree, expression: string): Tree {
  const digits = digitsIn(expression)
  const visit = (node: unknown, bound: readonly unknown[]): unknown => {
    if (Array.isArray(node)) return node.map((one) => visit(one, bound))
    if (typeof node !== 'object' || node === null) return node
    const { type, value, name, bindings } = node as Node
    if (type === 'Literal') return { type, value: exactLiteral(value, digits) }
    if (type === 'Function') checkCall(node as { readonly name: string; readonly children: readonly Node[] })
    if (type === 'Variable' && !bound.includes(name)) throw new Error(`no let binds $${String(name)}`)
    const within = type === 'LetExpression' ? [...bound, ...(bindings as readonly Node[]).map(({ variable }) => variable)] : bound
    const copy: Node = Object.fromEntries(
      Object.entries(node).map(([key, inner]) => [key, visit(inner, key === 'bindings' ? bound : within)]),
    )
    if (type === 'Comparator' && ordering.includes(copy['name']))
      return { type: 'Function', name: copy['name'], children: [copy['left'], copy['right']] }
    return type === 'Arithmetic' ? { type: 'Function', name: 'EXACT', children: [copy] } : copy
  }
  return visit(tree, []) as Tree
}

/** Whole numbers beyond 2^53 as the expression spells them, by the number that the parser rounded them to. */
function digitsIn(expression: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  for (const { value, start } of tokenize(expression)) {
    const [, digits] = /^`\s*(-?\d+)\s*`/.exec(expression.slice(start)) ?? []
    if (typeof value !== 'number' || Number.isSafeInteger(value) || digits === undefined) continue
    if ((found.get(value) ?? digits) !== digits) throw new Error(`${digits} and ${found.get(value)} are too close to tell apart`)
    found.set(value, digits)
  }
  return found
}

function exactLiteral(value: unknown, digits: ReadonlyMap<number, string>): unknown {
  if (typeof value === 'number' && digits.has(value)) return BigInt(digits.get(value) ?? value)
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'number' ? beyondExact(inner) : inner))
  return value
}
