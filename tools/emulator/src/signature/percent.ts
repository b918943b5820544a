/** Names and values as they came, decoded, in order, repeats kept. */
export type Pairs = readonly (readonly [name: string, value: string])[]

/** RFC 3986: letters, digits and `-_.~` stay, every other UTF-8 byte becomes `%XX`. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** Reads a query or a form; `+` is a space (Go's form encoder writes it). What is no escape stays as it is. */
export function parsePairs(text: string): Pairs {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [percentDecode(part), ''] : [percentDecode(part.slice(0, at)), percentDecode(part.slice(at + 1))]
    })
}

/** `name=value` in the order of the names' UTF-8 bytes, joined by `&`: the same for both signatures. */
export const canonicalQuery = (pairs: Pairs): string =>
  pairs
    .toSorted(([a, x], [b, y]) => compareBytes(a, b) || compareBytes(x, y))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')

function percentDecode(text: string): string {
  if (!/[%+]/.test(text)) return text
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/** Not the order of UTF-16, which puts U+FFxx behind 𝄞. */
const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
