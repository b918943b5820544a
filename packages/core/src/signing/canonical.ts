import { percentEncode } from './percent-encode.js'

const surrogate = /[\uD800-\uDFFF]/

/** Both signatures sort by code point. JavaScript compares UTF-16 units, which differ where a character lies beyond U+FFFF; bytes of UTF-8 do not. */
function byCodePoint(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a === b ? 0 : a < b ? -1 : 1
}

/** Names and values, percent-encoded, sorted by the unencoded name: v3's canonical query, and v1's canonicalized query string. */
export function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .toSorted(byCodePoint)
    .map((name) => `${percentEncode(name)}=${percentEncode(parameters[name] ?? '')}`)
    .join('&')
}

/** The headers v3 signs: `host`, `content-type` and `x-acs-*`, by lower-case name; several values of one name are trimmed, sorted and joined by a comma. */
export function signedHeaderMap(headers: Readonly<Record<string, string | readonly string[]>>): ReadonlyMap<string, string> {
  const values = new Map<string, string[]>()
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    if (lower !== 'host' && lower !== 'content-type' && !lower.startsWith('x-acs-')) continue
    const trimmed = (typeof value === 'string' ? [value] : value).map((one) => one.trim())
    values.set(lower, [...(values.get(lower) ?? []), ...trimmed])
  }
  const sorted = [...values].toSorted(([a], [b]) => byCodePoint(a, b))
  return new Map(sorted.map(([name, all]) => [name, all.toSorted(byCodePoint).join(',')]))
}
