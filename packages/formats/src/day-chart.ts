import type { Breakdown } from '@backset/core'
import { bytesText, chartWidth, drawing, lengthOf, sum, type ChartOptions, type ChartRow } from './chart.js'
import { svgText } from './svg-text.js'

const dayMs = 86_400_000
const isDay = /^\d{4}-\d{2}-\d{2}$/
/** The zero line: tasks stand on it, bytes hang from it. */
const line = 92
const [room, below] = [72, 48]

/** The last days of a breakdown by day, one after the other, those without a task too; earlier ones are told as one. */
export function dayRows(
  { groups, other }: Breakdown,
  most = 31,
): { readonly days: readonly ChartRow[]; readonly earlier: ChartRow | undefined } {
  const known = groups.filter(({ name }) => isDay.test(name) && !Number.isNaN(Date.parse(name)))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return { days: [], earlier: undefined }
  const end = Date.parse(last.name)
  const start = Math.max(Date.parse(first.name), end - (most - 1) * dayMs)
  const byName = new Map(known.map((day) => [day.name, day]))
  const days = Array.from({ length: (end - start) / dayMs + 1 }, (_, at) => {
    const name = new Date(start + at * dayMs).toISOString().slice(0, 10)
    return byName.get(name) ?? { name, count: 0, bytes: 0 }
  })
  const before = [...known.filter(({ name }) => Date.parse(name) < start), ...(other === undefined ? [] : [other])]
  return { days, earlier: before.length === 0 ? undefined : { name: 'earlier', ...sum(before) } }
}

/**
 * Days as columns, inline SVG: tasks as full columns upwards, their bytes hatched downwards, the largest of both in words. As `barChart` in all else.
 * @returns SVG, or nothing where there is no day
 */
export function dayChart(breakdown: Breakdown, { title, id, most }: ChartOptions): string {
  const { days } = dayRows(breakdown, most)
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return ''
  const [counts, sizes] = [days.map(({ count }) => count), days.map(({ bytes }) => Number(bytes))]
  const [tasks, bytes] = [lengthOf(counts, room), lengthOf(sizes, below)]
  const step = Math.min(chartWidth / days.length, 40)
  const width = Math.round(step * 0.72 * 10) / 10
  const columns = days.map((day, at) => {
    const x = Math.round(at * step * 10) / 10
    const up = tasks(day.count)
    return (
      `<g><title>${svgText(day.name)}: ${day.count} ${day.count === 1 ? 'task' : 'tasks'}, ${svgText(bytesText(day.bytes))}</title>` +
      `<rect class="chart-tasks" x="${x}" y="${Math.round((line - up) * 10) / 10}" width="${width}" height="${up}" fill="currentColor"/>` +
      `<rect class="chart-bytes" x="${x}" y="${line + 2}" width="${width}" height="${bytes(Number(day.bytes))}" fill="url(#${svgText(id)}-hatch)"/></g>`
    )
  })
  const largest = days.reduce((a, b) => (BigInt(b.bytes) > BigInt(a.bytes) ? b : a))
  const bottom = line + below + 20
  const words = [
    `<text class="chart-value" x="0" y="12">most in a day: ${Math.max(...counts)} · ${svgText(bytesText(largest.bytes))}</text>`,
    `<rect class="chart-line" x="0" y="${line}" width="${chartWidth}" height="1" fill="currentColor" opacity="0.4"/>`,
    `<text class="chart-name" x="0" y="${bottom}">${svgText(first.name)}</text>`,
    days.length === 1 ? '' : `<text class="chart-name" x="${chartWidth}" y="${bottom}" text-anchor="end">${svgText(last.name)}</text>`,
  ]
  return drawing({ title, id }, bottom + 6, [...columns, ...words].join(''))
}
