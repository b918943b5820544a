import { isNumeric, type Column } from './columns.js'
import { exactJson } from './exact-json.js'
import type { Format } from './format.js'
import { formulaSafe } from './formula-safe.js'
import { spreadsheetText } from './spreadsheet-text.js'

/** RFC 4180: fields with commas, quotes or line breaks in quotes, quotes doubled, lines ended by CRLF. */
export const csv: Format = separated(',', '\r\n')

/** The same rules with a tab between the fields, and lines as Unix tools cut them. */
export const tsv: Format = separated('\t', '\n')

function separated(delimiter: string, lineEnd: string): Format {
  // Nearly every value: it begins and ends with a letter or digit, so it is no formula and has no blank at an end. One look at it instead of two.
  const plain = new RegExp(`^\\w(?:[^${delimiter}"\\r\\n]*\\w)?$`)
  // Blanks at an end are quoted as well, since many readers trim what is bare.
  const needsQuotes = new RegExp(`[${delimiter}"\r\n]|^\\s|\\s$`)
  const quoted = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

  return async function* separatedBy(rows, { columnsFor, formulas, excel }) {
    const safe = formulas === 'escape' ? formulaSafe : same
    const bare = excel ? (text: string): string => quoted(spreadsheetText(text)) : same
    const cell = (value: unknown, numeric: boolean): string => {
      if (value === undefined || value === null) return ''
      if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return bare(String(value))
      if (typeof value !== 'string') return quoted(safe(exactJson(value)))
      return plain.test(value) || (numeric && digits.test(value)) ? bare(value) : quoted(safe(value))
    }
    const lines = (columns: readonly Column[], batch: readonly unknown[]): string => {
      const cells = columns.map((column) => ({ valueOf: column.valueOf, numeric: isNumeric(column) }))
      let text = ''
      for (const row of batch) {
        let line = ''
        for (const { valueOf, numeric } of cells) line += delimiter + cell(valueOf(row), numeric)
        // A line without any character would be skipped by readers, and a row with it.
        text += line.length === delimiter.length ? `""${lineEnd}` : line.slice(delimiter.length) + lineEnd
      }
      return text
    }
    const mark = excel ? byteOrderMark : ''
    const header = (columns: readonly Column[]): string =>
      mark + (columns.every(({ name }) => name === '') ? '' : columns.map(({ name }) => quoted(safe(name))).join(delimiter) + lineEnd)

    let begun = false
    for await (const batch of rows) {
      const columns = columnsFor(batch)
      yield begun ? lines(columns, batch) : header(columns) + lines(columns, batch)
      begun = true
    }
    if (!begun) yield header(columnsFor([]))
  }
}

const digits = /^-?\d+$/
const same = (text: string): string => text

/** Tells Excel that the file is UTF-8; without it Chinese names come out as Latin letters. */
const byteOrderMark = '\uFEFF'
