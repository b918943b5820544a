import { displayWidth } from './display-width.js'

/** How wide a table's columns are. */
export interface Layout {
  readonly widths: number[]
  /** Columns of the terminal that are still free; undefined where nothing is cut. */
  free: number | undefined
}

/** Between two columns. */
export const gap = '  '

/** The least that is left of a column that is cut. */
const least = 6

/**
 * Widths for the lines at hand. Where they do not fit into `width`, the widest column that may be cut gives way, again and again.
 * @param firm columns that are cut only when nothing else is left
 */
export function layoutOf(lines: readonly (readonly string[])[], firm: readonly boolean[], width: number | undefined): Layout {
  const widths = firm.map((_, at) => Math.max(0, ...lines.map((line) => displayWidth(line[at] ?? ''))))
  if (width === undefined) return { widths, free: undefined }
  const total = (): number => widths.reduce((sum, one) => sum + one, gap.length * Math.max(0, widths.length - 1))
  for (const pass of [false, true]) {
    while (total() > width) {
      const widest = widths.reduce((best, one, at) => (one > least && firm[at] === pass && one > (widths[best] ?? least) ? at : best), -1)
      if (widest < 0) break
      widths[widest] = (widths[widest] ?? 0) - 1
    }
  }
  return { widths, free: Math.max(0, width - total()) }
}

/** Makes room for a later cell that is wider than its column, while the terminal has some. */
export function makeRoom(layout: Layout, at: number, cellWidth: number): void {
  const width = layout.widths[at] ?? 0
  const grown = layout.free === undefined ? 0 : Math.min(layout.free, cellWidth - width)
  if (grown <= 0 || layout.free === undefined) return
  layout.widths[at] = width + grown
  layout.free -= grown
}
