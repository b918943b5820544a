import { compareExact, type ExactInteger } from '@backset/core'
import { columnsNamed, isNumeric, type Column, type RowKind } from './columns.js'

/** Tells which of two rows comes first: negative, zero or positive. */
export type RowOrder = (a: unknown, b: unknown) => number

/**
 * An order by one column or several, by full or short name, `-` before one for descending: `-createTime`. Rows without the value come last either way;
 * numbers are compared exactly, text by its UTF-16 units, so that the order is the same on every machine.
 * @throws InputError for a name that is no column
 */
export function rowOrder(kind: RowKind, keys: readonly string[]): RowOrder {
  const orders = keys.map((key) => {
    const [column] = columnsNamed(kind, [key.replace(/^[-+]/, '')])
    return { column, sign: key.startsWith('-') ? -1 : 1 }
  })
  return (a, b) => {
    for (const { column, sign } of orders) {
      const order = column === undefined ? 0 : compareIn(column, sign, a, b)
      if (order !== 0) return order
    }
    return 0
  }
}

function compareIn(column: Column, sign: number, a: unknown, b: unknown): number {
  const [left, right] = [column.valueOf(a), column.valueOf(b)]
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1
  if (isNumeric(column)) return sign * compareExact(left as ExactInteger, right as ExactInteger)
  const [before, after] = [textOf(left), textOf(right)]
  return before === after ? 0 : before < after ? -sign : sign
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
