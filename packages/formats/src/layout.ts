import type { Column } from './columns.js'
import { displayWidth } from './display-width.js'

/** How wide a table's columns are. */
export interface Layout {
  /** Undefined for a column that the terminal has no room for. */
  readonly widths: (number | undefined)[]
  /** Columns of the terminal that are still free; undefined where nothing is cut. */
  free: number | undefined
}

/** Between two columns. */
export const gap = '  '

/** Text keeps so much while another column can be left out for it. */
const readable = 12
/** The least that is left of text that is cut. */
const least = 6

/**
 * Widths for the lines at hand. What does not fit into `width` is cut from text alone: half an id names nothing, and half a size or date misleads. Columns
 * give way to text that would be too short: first the spare ones, then the last, but never the first.
 * @param spare columns that are left out first, by their place
 */
export function layoutOf(
  lines: readonly (readonly string[])[],
  columns: readonly Pick<Column, 'kind'>[],
  width: number | undefined,
  spare: readonly number[] = [],
): Layout {
  const widths: (number | undefined)[] = columns.map((_, at) => Math.max(0, ...lines.map((line) => displayWidth(line[at] ?? ''))))
  if (width === undefined) return { widths, free: undefined }
  const isCut = (at: number): boolean => columns[at]?.kind === 'text'
  /** With text cut to so much. */
  const total = (most = Infinity): number => {
    const shown = widths.flatMap((one, at) => (one === undefined ? [] : isCut(at) ? Math.min(one, most) : one))
    return shown.reduce((sum, one) => sum + one, gap.length * Math.max(0, shown.length - 1))
  }
  for (const at of spare) if (total(readable) > width) widths[at] = undefined
  for (let at = columns.length - 1; at > 0; at--) if (total(least) > width) widths[at] = undefined
  while (total() > width) {
    const widest = widths.reduce<number>((best, one = 0, at) => (isCut(at) && one > least && one > (widths[best] ?? 0) ? at : best), -1)
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  if (total() > width) widths[0] = width // nothing else is left
  return { widths, free: Math.max(0, width - total()) }
}

/** Makes room for a later cell that is wider than its column, while the terminal has some. */
export function makeRoom(layout: Layout, at: number, cellWidth: number): void {
  const width = layout.widths[at]
  if (width === undefined || layout.free === undefined) return
  const grown = Math.min(layout.free, cellWidth - width)
  if (grown <= 0) return
  layout.widths[at] = width + grown
  layout.free -= grown
}
