import { compileFilter, resolveEndpoint } from '@backset/core'
import type { Fault, Path } from '@backset/settings'
import { companionOf, fileName, fits } from '../file-name.js'
import { manifestOf } from '../manifest.js'
import { webhookAddress } from '../notices/webhook-address.js'
import { sharedName } from './shared-names.js'
import type { Report } from './report.js'
import { faultOf, type FileView } from './file-view.js'
import type { Resolved } from './resolve-reports.js'

/** What is wrong although each field by itself is right. */
export function crossChecks(view: FileView, reports: readonly Resolved[], now: Date): readonly Fault[] {
  const faults = reports.flatMap((resolved, at) => {
    /** Where a field of this report stands, in the entry or in the defaults. */
    const pathOf = (field: string): Path => (field in (view.entries[at] ?? {}) ? ['reports', at, field] : ['defaults', field])
    return [
      ...fieldChecks(resolved, view, at, pathOf),
      ...askChecks(resolved, view, at, pathOf),
      ...nameChecks(resolved, view, pathOf, now),
    ]
  })
  return [...faults, ...sameNames(view), ...sameFiles(view, reports, now)]
}

type PathOf = (field: string) => Path

function fieldChecks({ merged, settings }: Resolved, view: FileView, at: number, pathOf: PathOf): readonly Fault[] {
  const { source, filter, window, excel, format = 'csv', schedule, catchUp, jitter } = merged
  const faults: Fault[] = []
  if (source === undefined && !hasSource(view, at))
    faults.push(view.faultAt(['reports', at], 'the report has no source.', 'Give source: { plans: all }, or a list of plan ids.'))
  if (window !== undefined && (filter?.since ?? filter?.until) !== undefined)
    faults.push(view.faultAt(pathOf('window'), 'window goes with neither since nor until of the filter.', 'Leave one of them out.'))
  if (excel === true && format !== 'csv')
    faults.push(view.faultAt(pathOf('excel'), `excel goes with csv alone, and the format is ${format}.`))
  if (merged.onlyChanges !== true && merged.columns?.some((name) => name.trim().toLowerCase() === 'change') === true)
    faults.push(
      view.faultAt(pathOf('columns'), 'the column change goes with onlyChanges.', 'Say onlyChanges: true, or leave the column out.'),
    )
  if (schedule === undefined && catchUp !== undefined && 'catchUp' in (view.entries[at] ?? {}))
    faults.push(view.faultAt(pathOf('catchUp'), 'catchUp means nothing without a schedule.', 'Give a schedule, or leave it out.'))
  if (schedule === undefined && jitter !== undefined && 'jitter' in (view.entries[at] ?? {}))
    faults.push(view.faultAt(pathOf('jitter'), 'jitter means nothing without a schedule.', 'Give a schedule, or leave it out.'))
  for (const [number, { webhook }] of (merged.notices ?? []).entries())
    if (webhook !== undefined)
      faults.push(...faultOf(view, [...pathOf('notices'), number, 'webhook', 'url'], () => webhookAddress(webhook)))
  if (filter !== undefined)
    faults.push(...faultOf(view, pathOf('filter'), () => compileFilter(filter, { now: new Date(0), timeZone: settings?.timezone })))
  return faults
}

/** A source that is there and wrong has a fault of its own. */
const hasSource = (view: FileView, at: number): boolean =>
  view.placeOf(['reports', at, 'source']) !== view.placeOf(['reports', at]) ||
  view.placeOf(['defaults', 'source']) !== view.placeOf(['defaults'])

function askChecks({ report }: Resolved, view: FileView, at: number, pathOf: PathOf): readonly Fault[] {
  if (report === undefined) return []
  const { regions, settings } = report
  const { endpoint, allowHttp } = settings
  if (endpoint !== undefined && regions.length > 1)
    return [
      view.faultAt(pathOf('source'), 'one endpoint cannot be asked for several regions.', 'Name one region or none beside an endpoint.'),
    ]
  const named = report.regions.some((region) => region !== undefined)
  const path: Path = !named && endpoint === undefined ? ['reports', at] : endpoint === undefined ? pathOf('region') : pathOf('endpoint')
  return regions.flatMap((region) => faultOf(view, path, () => resolveEndpoint({ region, endpoint, allowHttp })))
}

function nameChecks({ report }: Resolved, view: FileView, pathOf: PathOf, now: Date): readonly Fault[] {
  if (report === undefined) return []
  const path = pathOf('file')
  if (!fits(nameAt(report, now))) return [view.faultAt(path, 'the file name becomes longer than file systems take.', 'Shorten it.')]
  const shared = sharedName(report, now)
  if (shared === undefined) return []
  const message = `names that two due runs would share: ${shared.name} at ${shared.first.toISOString()} and ${shared.second.toISOString()}.`
  return [view.faultAt(path, message, 'Put {due} into file.')]
}

const nameAt = (report: Report, due: Date): string => fileName(report.file, { ...report, due })

/** Two reports of one name would share their place in the ledger; file systems may take capitals for the same. */
function sameNames(view: FileView): readonly Fault[] {
  const names = view.entries.map(({ name }) => name?.toLowerCase())
  return names.flatMap((name, at) =>
    name !== undefined && names.indexOf(name) < at
      ? [
          view.faultAt(
            ['reports', at, 'name'],
            `the name ${JSON.stringify(view.entries[at]?.name)} is taken by an earlier report.`,
            'Give each report a name of its own.',
          ),
        ]
      : [],
  )
}

/** Two reports must not write over each other. */
function sameFiles(view: FileView, reports: readonly Resolved[], now: Date): readonly Fault[] {
  const taken = new Map<string, string>()
  return reports.flatMap(({ report }, at) => {
    if (report === undefined) return []
    const name = nameAt(report, now)
    const files = [name, manifestOf(name), ...(report.format === 'html' ? [companionOf(name)] : [])].map(
      (one) => `${report.output}\n${one.toLowerCase()}`,
    )
    const other = files.map((one) => taken.get(one)).find((one) => one !== undefined && one !== report.name)
    for (const one of files) taken.set(one, report.name)
    if (other === undefined) return []
    return [
      view.faultAt(
        ['reports', at],
        `the report would write over the exports of ${JSON.stringify(other)}.`,
        'Put {name} into file, or give it another output.',
      ),
    ]
  })
}
