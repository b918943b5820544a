/** From the first byte to before `to`. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** One range of a Range header (RFC 9110, 14.1.2); undefined for none or several, which are answered with everything; `unsatisfiable` is a 416. */
export function readRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined // not valid, so ignored
  return from >= size || from >= to ? 'unsatisfiable' : { from, to }
}
