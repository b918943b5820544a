import type { Breakdown, TallyJson } from '@backset/core'
import { humanText } from './human.js'
import { svgText } from './svg-text.js'

export interface ChartOptions {
  /** What it shows; readers of screen readers hear it in place of the drawing, so put a table beside. */
  readonly title: string
  /** Begins the ids inside, which must differ between the charts of a page. Letters, digits and hyphens. */
  readonly id: string
  /** Most groups, or days; what comes after them is told in one. @default 8 groups, 31 days */
  readonly most?: number | undefined
}

/** A group as a chart and the table beside it show it. */
export interface ChartRow extends TallyJson {
  readonly name: string
}

/** Width of every chart in its own units: letters keep the size of the text around where it is shown so wide. */
export const chartWidth = 300

/** The groups of a breakdown in its order, then those beyond `most` as one, and the tasks that have none. */
export function chartRows({ groups, other, without }: Breakdown, most = 8): readonly ChartRow[] {
  const [shown, rest] = [groups.slice(0, most), groups.slice(most)]
  const beyond = [...rest, ...(other === undefined ? [] : [other])]
  return [
    ...shown,
    ...(beyond.length === 0 ? [] : [{ name: other === undefined ? `${rest.length} more` : 'all others', ...sum(beyond) }]),
    ...(without === undefined ? [] : [{ name: 'not said', ...without }]),
  ]
}

/**
 * Groups as bars, inline SVG: a full bar for the tasks, a hatched one for their bytes, and both numbers in words, so that it is read without colour and in
 * any scheme. It holds no style and no script, and every name in it is escaped.
 * @returns SVG, or nothing where there is no group
 * @example barChart(summary.byStatus, { title: 'Tasks by status', id: 'status' })
 */
export function barChart(breakdown: Breakdown, { title, id, most }: ChartOptions): string {
  const rows = chartRows(breakdown, most)
  if (rows.length === 0) return ''
  const [tasks, bytes] = [lengthOf(rows.map(({ count }) => count)), lengthOf(rows.map((row) => Number(row.bytes)))]
  const bars = rows.map((row, at) => {
    const top = at * rowHeight
    return [
      `<text x="0" y="${top + 13}" class="chart-name">${svgText(row.name, 20)}</text>`,
      `<text x="${chartWidth}" y="${top + 13}" text-anchor="end" class="chart-value">${row.count} · ${svgText(bytesText(row.bytes))}</text>`,
      bar('chart-tasks', top + 19, 8, tasks(row.count), 'currentColor'),
      bar('chart-bytes', top + 29, 6, bytes(Number(row.bytes)), `url(#${svgText(id)}-hatch)`),
    ].join('')
  })
  return drawing({ title, id }, rows.length * rowHeight - 8, bars.join(''))
}

const rowHeight = 46

const bar = (name: string, y: number, height: number, width: number, fill: string): string =>
  `<rect class="${name}" x="0" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`

/** The frame of a chart: its name, and the hatching that stands for bytes. */
export const drawing = ({ title, id }: ChartOptions, height: number, inside: string): string =>
  `<svg class="chart" role="img" aria-labelledby="${svgText(id)}-title" viewBox="0 0 ${chartWidth} ${height}" font-size="13" fill="currentColor">` +
  `<title id="${svgText(id)}-title">${svgText(title)}</title>` +
  `<defs><pattern id="${svgText(id)}-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
  `<rect class="chart-bytes" width="2" height="4" fill="currentColor"/></pattern></defs>${inside}</svg>`

/** What `value` takes of `full`; what is more than nothing can be seen. */
export function lengthOf(values: readonly number[], full = chartWidth): (value: number) => number {
  const most = values.reduce((a, b) => Math.max(a, b), 0)
  return (value) => (value <= 0 || most === 0 ? 0 : Math.round(Math.max((value / most) * full, 1.5) * 10) / 10)
}

export const bytesText = (bytes: TallyJson['bytes']): string => humanText('UTC')(bytes, 'bytes')

export const sum = (tallies: readonly TallyJson[]): TallyJson => {
  const bytes = tallies.reduce((total, tally) => total + BigInt(tally.bytes), 0n)
  const isExact = bytes <= BigInt(Number.MAX_SAFE_INTEGER)
  return { count: tallies.reduce((total, { count }) => total + count, 0), bytes: isExact ? Number(bytes) : String(bytes) }
}
