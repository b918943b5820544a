import { exactJson } from '@backset/formats'
import {
  registerFunction,
  TreeInterpreter,
  TYPE_ANY,
  TYPE_ARRAY,
  TYPE_EXPREF,
  TYPE_NUMBER,
  type JSONValue,
} from '@jmespath-community/jmespath'
import { beyondExact, exactNumber, isExactNumber, orderOf, type ExactNumber } from './exact-number.js'

// The library's own functions know no bigint, and its `sort` puts 10 before 9. These take their place; they are loaded once, with the first query.

/** Names that only a rewritten tree calls; a person's query may not. */
export const operators: readonly string[] = ['GT', 'GTE', 'LT', 'LTE', 'EXACT']

type Key = ExactNumber | string
type Work = (...values: readonly unknown[]) => unknown

const isKey = (value: unknown): value is Key => typeof value === 'string' || isExactNumber(value)

/** Values that can be put in order: all numbers, or all texts. */
function keysIn(values: readonly unknown[], name: string): readonly Key[] {
  const odd = values.find((value) => !isKey(value) || (typeof value === 'string') !== (typeof values[0] === 'string'))
  if (values.every(isKey) && odd === undefined) return values
  throw new Error(
    `${name}() compares numbers alone or texts alone, but met ${kindOf(odd)}; leave such rows out first, as in [?backupSetDataSize]`,
  )
}

/** Elements with what an expression says of each. */
function keyed(name: string, [elements, expression]: readonly unknown[]) {
  const rows = elements as readonly JSONValue[]
  const keys = keysIn(
    rows.map((row) => TreeInterpreter.visit(expression as Parameters<typeof TreeInterpreter.visit>[0], row)),
    name,
  )
  return rows.map((row, at) => ({ row, key: keys[at] as Key }))
}

/** The element that comes first; of equal ones the earliest. */
const first = <Element>(elements: readonly Element[], order: (a: Element, b: Element) => number): Element | null =>
  elements.reduce<Element | null>((best, one) => (best === null || order(one, best) < 0 ? one : best), null)

function sum(values: readonly unknown[]): ExactNumber {
  const numbers = numbersIn(values, 'sum')
  if (numbers.every((one) => typeof one === 'bigint' || Number.isInteger(one)))
    return exactNumber(numbers.reduce<bigint>((total, one) => total + BigInt(one), 0n))
  return beyondExact(numbers.reduce<number>((total, one) => total + small(one), 0))
}

/** A quotient is rounded as every fraction is, but never in its whole part. */
function avg(values: readonly unknown[]): ExactNumber | null {
  const total = sum(values)
  const count = values.length
  if (count === 0) return null
  if (typeof total === 'number') return total / count
  const whole = exactNumber(total / BigInt(count))
  const rest = Number(total % BigInt(count))
  return rest === 0 ? whole : small(whole) + rest / count
}

function numbersIn(values: readonly unknown[], name: string): readonly ExactNumber[] {
  if (values.every(isExactNumber)) return values
  throw new Error(`${name}() takes numbers, but met ${kindOf(values.find((value) => !isExactNumber(value)))}`)
}

/** A number that a fraction can be added to. */
const small = (value: ExactNumber): number => beyondExact(Number(value))

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return isExactNumber(value) ? 'number' : Array.isArray(value) ? 'array' : typeof value
}

function toNumber(value: unknown): ExactNumber | null {
  if (isExactNumber(value)) return value
  if (typeof value !== 'string' || value.trim() === '' || Number.isNaN(Number(value))) return null
  return /^-?\d+$/.test(value) ? exactNumber(BigInt(value)) : beyondExact(Number(value))
}

/** Comparing anything but numbers says nothing, by the specification. */
const compared =
  (holds: (order: number) => boolean): Work =>
  (a, b) =>
    isExactNumber(a) && isExactNumber(b) ? holds(orderOf(a, b)) : null

const wholeOr =
  (round: (value: number) => number): Work =>
  (value) =>
    typeof value === 'bigint' ? value : round(value as number)

const any = { types: [TYPE_ANY] }
const number = { types: [TYPE_NUMBER] }
const array = { types: [TYPE_ARRAY] }
const expression = { types: [TYPE_EXPREF] }

const functions: readonly (readonly [name: string, signature: readonly (typeof any)[], work: Work])[] = [
  ['GT', [any, any], compared((order) => order > 0)],
  ['GTE', [any, any], compared((order) => order >= 0)],
  ['LT', [any, any], compared((order) => order < 0)],
  ['LTE', [any, any], compared((order) => order <= 0)],
  ['EXACT', [any], (value) => beyondExact(value as number)],
  ['sort', [array], (values) => keysIn(values as readonly unknown[], 'sort').toSorted(orderOf)],
  ['min', [array], (values) => first(keysIn(values as readonly unknown[], 'min'), orderOf)],
  ['max', [array], (values) => first(keysIn(values as readonly unknown[], 'max'), (a, b) => orderOf(b, a))],
  [
    'sort_by',
    [array, expression],
    (...args) =>
      keyed('sort_by', args)
        .toSorted((a, b) => orderOf(a.key, b.key))
        .map(({ row }) => row),
  ],
  ['min_by', [array, expression], (...args) => first(keyed('min_by', args), (a, b) => orderOf(a.key, b.key))?.row ?? null],
  ['max_by', [array, expression], (...args) => first(keyed('max_by', args), (a, b) => orderOf(b.key, a.key))?.row ?? null],
  ['sum', [array], (values) => sum(values as readonly unknown[])],
  ['avg', [array], (values) => avg(values as readonly unknown[])],
  ['abs', [number], (value) => (typeof value === 'bigint' && value < 0n ? -value : wholeOr(Math.abs)(value))],
  ['ceil', [number], wholeOr(Math.ceil)],
  ['floor', [number], wholeOr(Math.floor)],
  ['type', [any], kindOf],
  ['to_number', [any], toNumber],
  ['to_string', [any], (value) => (typeof value === 'string' ? value : exactJson(value))],
]

for (const [name, signature, work] of functions)
  registerFunction(name, (args) => work(...args) as JSONValue, [...signature], { override: true })
