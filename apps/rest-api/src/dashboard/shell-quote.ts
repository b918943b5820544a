import { terminalCell } from '@backset/formats'

const plain = /^[A-Za-z0-9._/:@%+=,][A-Za-z0-9._/:@%+=,-]*$/

/**
 * A word as a shell takes it for one, whatever is in it. Where something in it cannot be seen, as a line end or a mark that turns text around, it is written
 * as `$'…'` with its bytes (bash, zsh, ksh), so that what is shown is what is run.
 */
export function shellWord(word: string): string {
  if (plain.test(word)) return word
  if (terminalCell(word) === word) return `'${word.replaceAll("'", String.raw`'\''`)}'`
  return `$'${Array.from(word, ansiCQuoted).join('')}'`
}

function ansiCQuoted(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`
  if (terminalCell(character) === character) return character
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}

/** A command line; what comes after `--` is no flag, whatever it begins with. */
export const commandLine = (words: readonly string[]): string => words.map(shellWord).join(' ')
