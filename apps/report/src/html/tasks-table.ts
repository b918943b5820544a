import type { DownloadTask } from '@backset/core'
import { columnsNamed, humanText, type Column } from '@backset/formats'
import { changeRows } from '../change-rows.js'
import type { Report } from '../config/report.js'
import { isolated, markup, type Markup } from './markup.js'
import { statusMark } from './status-mark.js'

/** A table of tasks: its head, and a row for each. */
export interface TasksTable {
  readonly row: (task: DownloadTask) => Markup
  /** @param label what it shows, for who does not see the heading above it */
  readonly table: (label: string, rows: readonly Markup[]) => Iterable<Markup>
}

const usual = ['taskId', 'name', 'planId', 'status', 'dbType', 'size', 'createTime', 'duration', 'errMessage']

/** The columns of the report, or those that tell most. */
export const tasksTable = ({ columns, onlyChanges, timeZone, ...report }: Report): TasksTable =>
  tableOf(columns ?? [...(onlyChanges ? ['change'] : []), ...usual, ...tagsOf(report)], timeZone)

/** A table of these columns. On a narrow screen each row is a card, which is why the roles stand here: CSS would take them away. */
function tableOf(names: readonly string[], timeZone: string): TasksTable {
  const columns = columnsNamed(changeRows, names)
  const human = humanText(timeZone)
  const cell = (column: Column, task: DownloadTask): Markup => {
    const value = column.valueOf(task)
    const label = labelOf(column)
    if (value === undefined) return markup`<td role="cell" class="${column.kind} none" data-label="${label}">–</td>`
    if (column.name === 'backupSetDownloadStatus')
      return markup`<td role="cell" class="status" data-label="${label}">${statusMark(task)}</td>`
    if (column.kind === 'bytes') {
      return markup`<td role="cell" class="bytes" data-label="${label}" title="${exact(value)} bytes">${human(value, 'bytes')}</td>`
    }
    return markup`<td role="cell" class="${column.kind}${column.name === 'errMessage' ? ' message' : ''}" data-label="${label}">${isolated(human(value, column.kind))}</td>`
  }
  const heads = columns.map((column) => markup`<th role="columnheader" scope="col" class="${column.kind}">${labelOf(column)}</th>`)
  return {
    row: (task) => markup`<tr role="row">${columns.map((column) => cell(column, task))}</tr>\n`,
    *table(label, rows) {
      yield markup`<table class="tasks" role="table" aria-label="${label}">
        <thead role="rowgroup">
          <tr role="row">
            ${heads}
          </tr>
        </thead>
        <tbody role="rowgroup">
`
      yield* rows
      yield markup`</tbody>\n</table>\n`
    },
  }
}

const exact = (size: unknown): string => (typeof size === 'string' ? size : JSON.stringify(size))

/** `INTERNET LINK` as people write it. */
const labelOf = ({ label }: Column): string => label.charAt(0) + label.slice(1).toLowerCase()

/** What is asked first of a task that failed. */
export const failedTable = ({ timeZone, ...report }: Report): TasksTable =>
  tableOf(['taskId', 'name', 'planId', 'status', 'createTime', 'errMessage', ...tagsOf(report)], timeZone)

export const slowestTable = ({ timeZone, ...report }: Report): TasksTable =>
  tableOf(['duration', 'taskId', 'name', 'planId', 'dbType', 'size', 'createTime', ...tagsOf(report)], timeZone)

/** What tells rows of several regions or profiles apart. */
const tagsOf = ({ regions, profiles }: Pick<Report, 'regions' | 'profiles'>): readonly string[] => [
  ...(regions.length > 1 ? ['region'] : []),
  ...(profiles.length > 1 ? ['profile'] : []),
]
