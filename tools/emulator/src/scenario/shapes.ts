import type { Tree } from '../world/wire.js'
import type { Shape } from './scenario.js'

/** The shape of one kind, when it is played. */
export const shapeOf = <Kind extends Shape['kind']>(shapes: readonly Shape[], kind: Kind): Extract<Shape, { kind: Kind }> | undefined =>
  shapes.find((shape): shape is Extract<Shape, { kind: Kind }> => shape.kind === kind)

/** `Items` with its rows; undefined where the member is left out. */
export function shapeItems(rows: readonly Tree[], rowName: string, shapes: readonly Shape[]): Tree | undefined {
  if (rows.length === 0) return emptyItems(rowName, shapeOf(shapes, 'empty')?.items ?? 'text')
  if (shapeOf(shapes, 'bare-array') !== undefined) return rows
  const [only] = rows
  return { [rowName]: rows.length === 1 && only !== undefined && shapeOf(shapes, 'single-object') !== undefined ? only : rows }
}

function emptyItems(rowName: string, items: Extract<Shape, { kind: 'empty' }>['items']): Tree | undefined {
  switch (items) {
    case 'missing':
      return undefined
    case 'null':
      return null
    case 'text':
      return ''
    case 'array':
      return []
    case 'object':
      return {}
    case 'inner-array':
      return { [rowName]: [] }
    case 'inner-null':
      return { [rowName]: null }
    case 'inner-text':
      return { [rowName]: '' }
  }
}

/** Every number as its digits in quotes, as services behind lenient decoders are known to send them. */
export function numbersAsText(value: Tree): Tree {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: Tree) => numbersAsText(item))
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, numbersAsText(child)]))
}
