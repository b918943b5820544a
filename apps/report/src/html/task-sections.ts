import type { Summary } from '@backset/core'
import { chartRows } from '@backset/formats'
import type { Report } from '../config/report.js'
import { pageRows } from '../page.js'
import { numbers } from './figures.js'
import { markup, type Markup } from './markup.js'
import { slowestTable } from './tasks-table.js'

/** Different messages that are listed. */
const mostMessages = 20

/** Failed tasks: by what the service says, then one by one. */
export function* failedTasks({ byState, failures }: Summary, table: Iterable<Markup>, shown: number): Generator<Markup, void, undefined> {
  const count = byState.groups.find(({ name }) => name === 'failed')?.count ?? 0
  yield markup`<section aria-labelledby="failed">
    <h2 id="failed">Failed tasks</h2>
`
  if (count === 0) yield markup`<p>No task failed.</p>\n`
  else {
    yield markup`<div class="card">${numbers('Failed tasks by message', chartRows(failures, mostMessages), 'Message')}</div>\n`
    if (count > shown) yield markup`<p>The first ${shown} of ${count} failed tasks:</p>\n`
    yield* table
  }
  yield markup`</section>\n`
}

/** The tasks that took longest. */
export function* slowestTasks({ slowest }: Summary, report: Report): Generator<Markup, void, undefined> {
  yield markup`<section aria-labelledby="slowest">
    <h2 id="slowest">Slowest tasks</h2>
`
  if (slowest.length === 0) yield markup`<p>No task with a known duration.</p>\n`
  else {
    const { row, table } = slowestTable(report)
    yield* table('Slowest tasks', slowest.map(row))
  }
  yield markup`</section>\n`
}

/** Every task, or where they stand. */
export function* allTasks(
  table: Iterable<Markup>,
  { count, companion }: { readonly count: number; readonly companion: string },
): Generator<Markup, void, undefined> {
  yield markup`<section aria-labelledby="all">
    <h2 id="all">All tasks</h2>
`
  if (count === 0) yield markup`<p>No task is in this report.</p>\n`
  else if (count <= pageRows) yield* table
  else {
    // A colon in a relative address would make a scheme of what stands before it.
    const address = `./${encodeURIComponent(companion.toWellFormed())}`
    yield markup`<p>
      These are ${count} tasks, more than a page shows well. All of them stand in <a href="${address}">${companion}</a> beside this file;
      its checksum is in the manifest.
    </p>\n`
  }
  yield markup`</section>\n`
}
