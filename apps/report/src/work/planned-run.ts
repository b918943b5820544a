import { join } from 'node:path'
import type { Report } from '../config/report.js'
import { coveredBy } from '../covered.js'
import { fileName } from '../file-name.js'
import type { Range } from '../page.js'

/** What a run would do. */
export interface PlannedRun {
  readonly name: string
  readonly due: string
  readonly file: string
  readonly plans: 'all' | readonly string[]
  readonly regions: readonly string[]
  readonly profiles: readonly string[]
  readonly window: Range
  readonly format: string
}

/** What a run would do; nothing is asked of anybody. */
export function plannedRun(report: Report, due: number): PlannedRun {
  const { name, output, file, plans, regions, profiles, ext } = report
  const moment = new Date(due)
  return {
    name,
    due: moment.toISOString(),
    file: join(output, fileName(file, { ...report, due: moment })),
    plans,
    regions: regions.flatMap((region) => region ?? []),
    profiles: profiles.flatMap((profile) => profile ?? []),
    window: coveredBy(report, moment).range,
    format: ext,
  }
}

/** The same for people. */
export function plannedText({ name, due, file, plans, regions, profiles, window: { from, to } }: PlannedRun): string {
  const rows = [
    ['due', due],
    ['asks', `${plans === 'all' ? 'all plans' : `plans ${plans.join(', ')}`}${regions.length === 0 ? '' : ` in ${regions.join(', ')}`}`],
    ['profiles', profiles.join(', ')],
    ['created', [from && `from ${from}`, to && `before ${to}`].filter(Boolean).join(' ')],
    ['writes', file],
  ].filter(([, value]) => value !== '')
  return `${name}\n${rows.map(([label = '', value = '']) => `  ${label.padEnd(9)}${value}\n`).join('')}`
}
