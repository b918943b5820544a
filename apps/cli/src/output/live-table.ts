/** What stands on a screen, a line each, none wider than it. */
export type Frame = readonly string[]

// ECMA-48 and xterm's private modes (Xterm Control Sequences, "DEC Private Mode Set"): 1049 another screen, 25 the cursor, 7 whether lines wrap.
const escape = '\u001B['

/** To a screen of our own: what stood there before comes back when we leave. */
export const enterScreen = `${escape}?1049h${escape}?25l${escape}?7l`
export const leaveScreen = `${escape}0m${escape}?7h${escape}?25h${escape}?1049l`

const clearScreen = `${escape}H${escape}2J`
const toLine = (line: number): string => `${escape}${line + 1};1H`
const clearLine = `${escape}2K`

/**
 * What turns one frame into the next: lines that stay the same are not touched.
 * @param before undefined where the screen holds something else
 */
export function frameChange(before: Frame | undefined, after: Frame): string {
  const old = before ?? []
  const lines = Array.from({ length: Math.max(old.length, after.length) }, (_, at) =>
    old[at] === after[at] ? '' : `${toLine(at)}${clearLine}${after[at] ?? ''}`,
  )
  return `${before === undefined ? clearScreen : ''}${lines.join('')}`
}

/** How many of so many rows fit, below a header and, where some do not, above a line that says so. */
export function rowsThatFit(rows: number, room: number): number {
  const most = Math.max(0, room - 1)
  return rows <= most ? rows : Math.max(0, most - 1)
}

/**
 * A table on a screen that may be too short for it.
 * @param table header and the rows that fit
 * @param hidden how many rows do not
 * @param footer lines that are always seen
 */
export function frameOf(table: Frame, hidden: number, footer: Frame, height: number): Frame {
  const room = Math.max(0, height - footer.length)
  const shown = hidden === 0 ? table : [...table, `… and ${hidden} more`]
  return [...shown.slice(0, room), ...footer].slice(-height)
}
