import type { Row } from './measure.js'

/** The rows of one case under its title; figures stand right, so that they compare at a glance. */
export function toTable(title: string, rows: readonly Row[]): string {
  const width = (textOf: (row: Row) => string): number => Math.max(...rows.map((row) => textOf(row).length))
  const [whatWidth, figureWidth] = [width(({ what }) => what), width(({ figure }) => figure)]
  const lines = rows.map(({ what, figure, ratio = '' }) =>
    `  ${what.padEnd(whatWidth)}  ${figure.padStart(figureWidth)}  ${ratio}`.trimEnd(),
  )
  return [title, ...lines].join('\n')
}
