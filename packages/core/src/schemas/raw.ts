import { maxDepth } from '../wire/json.js'
import { isRecord, type WireRecord } from './lenient.js'

type Raw = Record<string, unknown>

/** The fields of a wire object that are not `known`, as plain values without a prototype: scalars are strings with the wire's digits. */
export function unknownFields(record: WireRecord, known: ReadonlySet<string>): Raw | undefined {
  let raw: Raw | undefined
  for (const name of Object.keys(record)) if (!known.has(name)) raw = addRaw(raw, name, record[name])
  return raw
}

/** Adds a field as sent; makes the object when there is none. */
export function addRaw(raw: Raw | undefined, name: string, value: unknown): Raw {
  const target = raw ?? (Object.create(null) as Raw)
  target[name] = plain(value, 0)
  return target
}

function plain(value: unknown, depth: number): unknown {
  if (value === null || value === undefined || depth > maxDepth) return null
  if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1))
  if (!isRecord(value)) return typeof value === 'string' ? value : JSON.stringify(value)
  const copy = Object.create(null) as Raw
  for (const name of Object.keys(value)) copy[name] = plain(value[name], depth + 1)
  return copy
}
