import { openTimeZone, parseMoment, type TaskFilterInput } from '@backset/core'
import type { Report } from './config/report.js'
import type { Range } from './page.js'
import { windowOf } from './schedule/window.js'

/** Which tasks a run is about: the filter with its times made absolute, counted from the due time, so that a late run exports what a punctual one would have. */
export function coveredBy(report: Report, due: Date): { readonly filter: TaskFilterInput; readonly range: Range } {
  const { filter, window, timeZone } = report
  if (window !== undefined) {
    const { from, to } = windowOf(window, due, timeZone)
    const range = { from: from.toISOString(), to: to.toISOString() }
    return { filter: { ...filter, since: range.from, until: range.to }, range }
  }
  const zone = openTimeZone(timeZone)
  const moment = (field: 'since' | 'until'): string | undefined => {
    const text = filter[field]
    return text === undefined ? undefined : new Date(parseMoment(text, { now: due, zone, field })).toISOString()
  }
  const [from, to] = [moment('since'), moment('until')]
  return {
    filter: { ...filter, ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) },
    range: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
  }
}
