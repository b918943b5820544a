import { toExactInteger, type ExactInteger } from './exact-integer.js'

// The wire's habits, as the vendor's own lenient decoders show them: empty text for nothing, numbers and booleans sent as text, N/A where a field does
// not apply, and a dozen shapes of an empty list.

export type WireRecord = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is WireRecord => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is one of the wire's ways to leave a field out; 0 is, where a reader takes it for nothing. */
export function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === 0) return true
  if (typeof value === 'string') return value === 'N/A' || value === '0' || value.trim() === ''
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Text; `""` and `N/A` are absent. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' || value === 'N/A' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Epoch milliseconds to ISO 8601 in UTC; 0, `""` and what is no time of our calendar are absent. */
export function time(value: unknown): string | undefined {
  const ms = toExactInteger(value)
  return typeof ms === 'number' && ms > 0 && ms <= lastMs ? new Date(ms).toISOString() : undefined
}

/** A 64-bit id as its digits; 0 means none. */
export function longId(value: unknown): string | undefined {
  const id = text(value)
  return id === '0' ? undefined : id
}

/** A size or another 64-bit quantity. */
export const size = (value: unknown): ExactInteger | undefined => toExactInteger(value)

/** A 32-bit number, as of pages and totals. */
export function integer(value: unknown): number | undefined {
  const exact = toExactInteger(value)
  return typeof exact === 'number' ? exact : undefined
}

export function boolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.toLowerCase() : value
  return word === 'true' || word === 1 || word === '1' ? true : word === 'false' || word === 0 || word === '0' ? false : undefined
}

/**
 * The rows under `Items`, in every shape they were seen or may be expected in: an object with an array, nothing or one row under `rowName`, a bare array, one
 * bare row. What is none of them comes back as a row, for the reader of rows to refuse.
 */
export function rows(items: unknown, rowName: string): readonly unknown[] {
  if (isNothing(items)) return []
  if (Array.isArray(items)) return items.flatMap((item) => (holdsOnly(item, rowName) ? rows(item, rowName) : [item]))
  if (!isRecord(items) || !Object.hasOwn(items, rowName)) return [items]
  const inner = items[rowName]
  return Array.isArray(inner) ? inner : isNothing(inner) ? [] : [inner]
}

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (isRecord(value) && Object.keys(value).length === 0)

const holdsOnly = (value: unknown, name: string): boolean =>
  isRecord(value) && Object.hasOwn(value, name) && Object.keys(value).length === 1

/** Drops what is undefined, so that a value survives JSON unchanged. */
export function defined<Value extends object>(value: Value): { [Name in keyof Value]: Exclude<Value[Name], undefined> } & object {
  for (const name of Object.keys(value) as (keyof Value)[]) if (value[name] === undefined) delete value[name]
  return value as { [Name in keyof Value]: Exclude<Value[Name], undefined> }
}
