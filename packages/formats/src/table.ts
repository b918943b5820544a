import { isNumeric, type Column, type Tone } from './columns.js'
import { cutTo, displayWidth } from './display-width.js'
import type { Format } from './format.js'
import { humanText } from './human.js'
import { gap, layoutOf, makeRoom, type Layout } from './layout.js'
import { terminalCell } from './terminal-safe.js'

/** Rows that are looked at to choose widths. */
const sample = 200

const colours: Readonly<Record<Tone, number>> = { good: 32, bad: 31, busy: 36, held: 33 }
const bold = 1
const painted = (text: string, code: number | undefined): string => (code === undefined ? text : `\u001B[${code}m${text}\u001B[0m`)

/** Columns for people. The first batch chooses their widths; only a terminal of known width cuts a cell. */
export const table: Format = async function* table(rows, { columnsFor, spare, width, color, timeZone }) {
  const human = humanText(timeZone)
  let layout: Layout | undefined

  const lineOf = (
    columns: readonly Column[],
    cells: readonly string[],
    widths: Layout,
    codeAt: (at: number) => number | undefined,
  ): string => {
    const last = widths.widths.findLastIndex((room) => room !== undefined)
    const padded = cells.flatMap((cell, at) => {
      const room = widths.widths[at]
      if (room === undefined) return []
      const shown = width === undefined ? cell : cutTo(cell, room)
      const blank = ' '.repeat(Math.max(0, room - displayWidth(shown)))
      const text = color && shown !== '' ? painted(shown, codeAt(at)) : shown
      const column = columns[at]
      if (column !== undefined && isNumeric(column)) return blank + text
      return at === last ? text : text + blank
    })
    return `${padded.join(gap).trimEnd()}\n`
  }
  const begin = (columns: readonly Column[], lines: readonly (readonly string[])[]): [Layout, string] => {
    const labels = columns.map(({ label }) => terminalCell(label))
    const chosen = layoutOf(
      [labels, ...lines.slice(0, sample)],
      columns,
      width,
      spare.map((name) => columns.findIndex((one) => one.name === name)),
    )
    return [chosen, labels.every((label) => label === '') ? '' : lineOf(columns, labels, chosen, () => bold)]
  }

  for await (const batch of rows) {
    const columns = columnsFor(batch)
    const lines = batch.map((row) => columns.map(({ valueOf, kind }) => terminalCell(human(valueOf(row), kind))))
    let text = ''
    if (layout === undefined) [layout, text] = begin(columns, lines)
    const chosen = layout
    lines.forEach((cells, line) => {
      cells.forEach((cell, at) => makeRoom(chosen, at, displayWidth(cell)))
      text += lineOf(columns, cells, chosen, (at) => {
        const tone = columns[at]?.tone?.(batch[line])
        return tone === undefined ? undefined : colours[tone]
      })
    })
    yield text
  }
  if (layout === undefined) yield begin(columnsFor([]), [])[1]
}
