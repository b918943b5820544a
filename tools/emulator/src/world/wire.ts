/** A scalar as it goes over the wire; a bigint is a Long whose digits are all written. */
export type WireValue = string | number | bigint | boolean | null

/** One row of a list, under the names of the API. */
export type WireRow = Readonly<Record<string, WireValue>>

/** A body before it is JSON or XML. */
export type Tree = WireValue | readonly Tree[] | { readonly [name: string]: Tree }
