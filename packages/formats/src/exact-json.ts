// The fields that are an ExactInteger, and what DBS calls them. Beyond 2^53 they are digits in a string; JSON can hold the digits bare, and every format of ours prints them so.
const exactFields: ReadonlySet<string> = new Set(['backupSetDataSize', 'backupSize', 'bytes', 'BackupSetDataSize', 'BackupSize'])

// A quote that is not escaped opens or closes a text, and one right before a field's name and another right before a colon make that name a key: no text
// inside a value can look like this.
const quotedDigits = new RegExp(String.raw`(?<!\\)"(${[...exactFields].join('|')})":( ?)"(-?\d+)"`, 'g')

/** A value as JSON, sizes and bigints as plain integers however large. A value that JSON does not have, as undefined, is null. */
export function exactJson(value: unknown, indent?: number): string {
  const json = stringify(value, indent)
  return json === undefined ? 'null' : json.replaceAll(quotedDigits, '"$1":$2$3')
}

/** Only what a query computed can hold a bigint; every other row is spared the slow way. */
function stringify(value: unknown, indent: number | undefined): string | undefined {
  try {
    return JSON.stringify(value, undefined, indent)
  } catch {
    return JSON.stringify(value, markBigInts, indent).replaceAll(markedDigits, (_, digits: string, marks: string) =>
      marks === 'n' ? digits : `"${digits}${marks.slice(1)}"`,
    )
  }
}

/** A bigint becomes the text `123n`; a text that looks so already is given one mark more, so that the way back is plain. */
const markBigInts = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'string' && /^-?\d+n+$/.test(value)) ? `${value}n` : value

/** Such a text as a whole value: a quote inside a text is escaped, and behind a key stands a colon. */
const markedDigits = /(?<!\\)"(-?\d+)(n+)"(?!:)/g

/** The same for writers that take values: sizes beyond 2^53 become a bigint. */
export function withBigInts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBigInts)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.create(null) as Record<string, unknown>
  for (const [key, inner] of Object.entries(value)) {
    copy[key] = exactFields.has(key) && typeof inner === 'string' && /^-?\d+$/.test(inner) ? BigInt(inner) : withBigInts(inner)
  }
  return copy
}
