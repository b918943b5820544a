import { formulaSafe, type Formulas } from './formula-safe.js'
import { spreadsheetText } from './spreadsheet-text.js'

/**
 * The text of a cell as it was before CSV made it safe for spreadsheets. A text that began with a `'` before a sign of a formula cannot be told from one that
 * was given it, and loses it.
 */
export function csvCellText(cell: string, { formulas, excel }: { readonly formulas: Formulas; readonly excel: boolean }): string {
  const kept = cell.slice(1)
  const bare = excel && cell.startsWith('\t') && spreadsheetText(kept) === cell ? kept : cell
  const text = bare.slice(1)
  return formulas === 'escape' && bare.startsWith("'") && formulaSafe(text) === bare ? text : bare
}
