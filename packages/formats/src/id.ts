import { DbsError } from '@backset/core'
import type { Format } from './format.js'

/** The id of each row, one a line; rows that are plain values stand for themselves. */
export const id: Format = async function* id(rows, { idOf }) {
  for await (const batch of rows) yield batch.map((row) => `${oneLine(idOf(row))}\n`).join('')
}

function oneLine(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
    throw new DbsError('invalid-input', 'A row has no id to print.', { hint: 'Print it with -o json.' })
  }
  const text = String(value)
  // Whoever reads ids line by line would take one id for two.
  if (/[\r\n]/.test(text)) {
    throw new DbsError('unreadable-answer', 'An id holds a line break, so it is no line of its own.', { hint: 'Print it with -o json.' })
  }
  return text
}
