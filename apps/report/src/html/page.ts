import { present, SummaryFold } from '@backset/core'
import { pageRows, type PageFacts, type PageFormat } from '../page.js'
import { figures } from './figures.js'
import { findings } from './findings.js'
import { foot, head } from './frame.js'
import type { Markup } from './markup.js'
import { overview } from './overview.js'
import { proofSection } from './proof-section.js'
import { allTasks, failedTasks, slowestTasks } from './task-sections.js'
import { tasksTable, failedTable } from './tasks-table.js'

/** Failed tasks with a row in their own section. */
const mostFailed = 1000
const mostSlow = 20

/**
 * The page that an auditor opens: one file, no script, nothing from outside. Totals stand first, so nothing is written before the last row has come; until
 * then rows are held as they will be written, `pageRows` of them at most.
 */
export const page: PageFormat = async function* page(batches, facts) {
  const { report } = facts
  const fold = new SummaryFold({ timeZone: report.timeZone, slowest: mostSlow })
  const [all, failed] = [tasksTable(report), failedTable(report)]
  const [rows, failedRows] = [[] as Markup[], [] as Markup[]]
  let count = 0
  for await (const batch of batches) {
    for (const task of batch) {
      fold.add(task)
      count++
      if (count > pageRows) rows.length = 0
      else rows.push(all.row(present(task, report)))
      if (task.state === 'failed' && failedRows.length < mostFailed) failedRows.push(failed.row(present(task, report)))
    }
  }
  for (const { markup } of document(facts)) yield markup

  function* document({ sources, alarms, companion }: PageFacts): Generator<Markup, void, undefined> {
    const summary = fold.summary()
    yield head(report.name)
    yield overview(summary, facts)
    yield findings(alarms(), report)
    yield figures(summary, report.timeZone)
    yield* failedTasks(summary, failed.table('Failed tasks', failedRows), failedRows.length)
    yield* slowestTasks(summary, report)
    yield* allTasks(all.table('All tasks', rows), { count, companion })
    yield proofSection(sources(), report.redact)
    yield foot()
  }
}
