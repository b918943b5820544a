import { toExactInteger, type ExactInteger } from './exact-integer.js'

// The wire's habits, as the vendor's own lenient decoders show them: empty text for nothing, numbers and booleans sent as text, N/A where a field does
// not apply, and a dozen shapes of an empty list.

export type WireRecord = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is WireRecord => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member of the wire's object that is its own, so that no name reaches a prototype. */
export const member = (record: WireRecord, name: string): unknown => (Object.hasOwn(record, name) ? record[name] : undefined)

/** Text; `""` and `N/A` are absent. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' || value === 'N/A' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Epoch milliseconds to ISO 8601 in UTC; 0, `""` and what is no time are absent. */
export function time(value: unknown): string | undefined {
  const ms = toExactInteger(value)
  return typeof ms === 'number' && ms !== 0 && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined
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

/** The rows under `Items`, in every shape they were seen or may be expected in; undefined when it is none of them. */
export function rows(items: unknown, rowName: string): readonly unknown[] | undefined {
  if (items === undefined || items === null || items === '') return []
  if (Array.isArray(items))
    return items.flatMap((item) =>
      isRecord(item) && Object.keys(item).length === 1 && Object.hasOwn(item, rowName) ? (rows(item, rowName) ?? [item]) : [item],
    )
  if (typeof items === 'string' && items.trim() === '') return []
  if (!isRecord(items)) return undefined
  if (!Object.hasOwn(items, rowName)) return Object.keys(items).length === 0 ? [] : undefined
  const inner = items[rowName]
  if (inner === undefined || inner === null || inner === '') return []
  return Array.isArray(inner) ? inner : [inner]
}

/** Drops what is undefined, so that a value survives JSON unchanged. */
export function defined<Value extends object>(value: Value): { [Name in keyof Value]: Exclude<Value[Name], undefined> } & object {
  for (const name of Object.keys(value) as (keyof Value)[]) if (value[name] === undefined) delete value[name]
  return value as { [Name in keyof Value]: Exclude<Value[Name], undefined> }
}
