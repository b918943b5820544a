const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])
const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,10}));|&/gi

/**
 * Text of an element with its references decoded: the five names that XML has, and numbers. Every other `&` is a fault, since a text that was
 * guessed at would be passed on as if it were the service's. Control characters, which XML 1.0 cannot name, are taken: a log file may be called so.
 * @throws Error at a reference that stands for no character
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    const char =
      name === undefined ? charOf(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)) : predefined.get(name)
    if (char === undefined) throw new Error(`the reference ${whole} stands for no character`)
    return char
  })
}

/** A number that is a character and no half of one; 0 is none. */
const charOf = (code: number): string | undefined =>
  code > 0 && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined
