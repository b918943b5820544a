// Control characters run the terminal, bidi marks turn its text around, invisible ones make two names look alike, half a surrogate pair is none, and of
// what Unicode has not assigned nobody knows what a terminal makes.
const unsafe = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
const unsafeButLineEnds = /\r(?!\n)|(?![\r\n\t])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

const short: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` }

const escaped = (character: string): string =>
  short[character] ?? Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** One cell for a terminal: nothing in it moves the cursor, and it stays on its line. */
export const terminalCell = (text: string): string => text.replaceAll(unsafe, escaped)

/** Whole lines for a terminal. In JSON, where such characters stand in texts alone, the value stays the same. */
export const terminalLines = (text: string): string => text.replaceAll(unsafeButLineEnds, escaped)
