/** Whether text that a spreadsheet would run is defused. */
export type Formulas = 'escape' | 'keep'

// OWASP's list (CSV Injection): = + - @ tab, CR and LF at the start, and the full-width signs that spreadsheets take for the same. Blanks, control and
// format characters before the sign are skipped, since some programs trim them before they look.
const formula = /^(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])/u

/** A text as a cell that no spreadsheet runs: a leading `'` makes it text there. */
export const formulaSafe = (text: string): string => (formula.test(text) ? `'${text}` : text)
