// What Excel and LibreOffice take for a number, and then change: they keep 15 digits, drop zeros in front, and read `12e5` as 1,200,000. Quotes do not help.
const changed = /^(?:\d{16,}|0\d+|\d+(?:\.\d+)?e[+-]?\d+)$/i

/**
 * An id as a cell that spreadsheets keep as text, digit by digit: a tab before it. `="…"` would do as well, and would be a formula; a `'` would be seen.
 * docs/decisions/0022-csv-for-spreadsheets.md
 */
export const spreadsheetText = (text: string): string => (changed.test(text) ? `\t${text}` : text)
