import { maxDepth } from '../wire/json.js'
import { isRecord, type WireRecord } from './lenient.js'

/** The fields of a wire object that are not `known`, as plain values without a prototype: scalars are strings with the wire's digits. */
export function unknownFields(record: WireRecord, known: ReadonlySet<string>): Record<string, unknown> | undefined {
  let raw: Record<string, unknown> | undefined
  for (const name of Object.keys(record)) {
    if (known.has(name)) continue
    raw ??= Object.create(null) as Record<string, unknown>
    raw[name] = plain(record[name], 0)
  }
  return raw
}

function plain(value: unknown, depth: number): unknown {
  if (value === null || depth > maxDepth) return null
  if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1))
  if (!isRecord(value)) return typeof value === 'string' ? value : JSON.stringify(value)
  const copy = Object.create(null) as Record<string, unknown>
  for (const name of Object.keys(value)) copy[name] = plain(value[name], depth + 1)
  return copy
}
