/** A number as a query sees it: beyond 2^53 a bigint. */
export type ExactNumber = number | bigint

export const isExactNumber = (value: unknown): value is ExactNumber => typeof value === 'number' || typeof value === 'bigint'

/** The same number in the form a row would have it. */
export const exactNumber = (value: bigint): ExactNumber =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value

/**
 * A number that was computed, if its digits can be trusted.
 * @throws Error beyond 2^53
 */
export function beyondExact(value: number): number {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value
  throw new Error(`${value} is beyond 2^53, and its digits would not be exact`)
}

/** Negative, zero or positive; a number and a bigint are compared exactly, texts by their UTF-16 units, as `--sort` does. */
export function orderOf<Key extends ExactNumber | string>(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0
}
