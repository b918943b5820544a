import * as z from 'zod'

/** An integer as exact as it came: a number where JavaScript holds it exactly, else its decimal digits. */
export type ExactInteger = number | string

export const exactIntegerSchema = z.union([z.int(), z.string().regex(/^-?\d+$/)])

/** The exact form of a BigInt. */
export const exactOf = (value: bigint): ExactInteger =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value)

/** An integer of the wire, sent as a number or as text; undefined when it is neither. */
export function toExactInteger(value: unknown): ExactInteger | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : undefined // + 0: JSON knows no -0
  if (typeof value !== 'string') return undefined
  const digits = value.trim()
  if (!/^-?\d{1,30}$/.test(digits)) return undefined
  return digits.length < 16 ? Number(digits) + 0 : exactOf(BigInt(digits))
}

/** Compares two without rounding: negative, zero or positive. */
export function compareExact(a: ExactInteger, b: ExactInteger): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [BigInt(a), BigInt(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
