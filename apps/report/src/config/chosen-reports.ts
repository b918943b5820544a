import { InputError, nearestName } from '@backset/core'
import type { Report, ReportConfig } from './report.js'

/**
 * The reports that `--only` names, each once, in its order; all where it names none.
 * @throws InputError for one that is not there, with the nearest name
 */
export function chosenReports({ reports }: ReportConfig, only: readonly string[]): readonly Report[] {
  if (only.length === 0) return reports
  return [...new Set(only)].map((name) => {
    const found = reports.find((report) => report.name === name)
    if (found !== undefined) return found
    const names = reports.map((report) => report.name)
    const nearest = nearestName(name, names)
    throw new InputError(`There is no report ${JSON.stringify(name)}.`, {
      field: 'only',
      hint: nearest === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${nearest}?`,
    })
  })
}
