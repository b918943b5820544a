import { resolve } from 'node:path'
import { parseDuration } from '@backset/core'
import { readSettings, SettingsError, type ConfigFile, type Environment, type Fault } from '@backset/settings'
import { alarmNames } from './alarm-names.js'
import type { FileView } from './file-view.js'
import type { AskSettings, Report } from './report.js'
import { defaultAlarms, fileSettings, type Notice, type ReportEntry } from './schema.js'

/** Where the common settings come from, beside the file. */
export interface AskSources {
  readonly env: Environment
  readonly flags: Readonly<Record<string, unknown>>
  /** Variables the file uses: they are no misspelt settings. */
  readonly variables: readonly string[]
}

export interface ResolveOptions {
  readonly ask: AskSources
  /** The report file's. */
  readonly folder: string
  /** The document before variables were filled in. */
  readonly written: unknown
  readonly redact: (text: string) => string
}

/** An entry of the file with the defaults merged in; the report where nothing in it is wrong. */
export interface Resolved {
  readonly merged: Partial<ReportEntry>
  readonly settings: AskSettings | undefined
  readonly report: Report | undefined
}

/** Variables of the other commands, which may share this one's environment. */
const otherVariables = ['BACKSET_OUTPUT', 'BACKSET_DEBUG']

/** Decides what each report is: flags before environment before the report before the defaults of the file. */
export function resolveReports(
  view: FileView,
  { ask, folder, written, redact }: ResolveOptions,
): { readonly reports: readonly Resolved[]; readonly faults: readonly Fault[]; readonly warnings: readonly string[] } {
  const faults: Fault[] = []
  const warnings = new Set<string>()
  const reports = view.entries.map((entry, at): Resolved => {
    const merged = { ...view.defaults, ...entry }
    const settings = readAsk(view, at, merged, ask, faults, warnings)
    if (settings === undefined || merged.name === undefined || merged.source === undefined) return { merged, settings, report: undefined }
    return {
      merged,
      settings,
      report: reportOf(merged, merged.name, merged.source, { settings, folder, redact, written: writtenOf(written, at) }),
    }
  })
  return { reports, faults, warnings: [...warnings] }
}

function readAsk(
  view: FileView,
  at: number,
  merged: Partial<ReportEntry>,
  { env, flags, variables }: AskSources,
  faults: Fault[],
  warnings: Set<string>,
): AskSettings | undefined {
  const placeOf = ([key = '']: readonly PropertyKey[]): string =>
    view.placeOf(key in (view.entries[at] ?? {}) ? ['reports', at, key] : ['defaults', key])
  const file: ConfigFile = { name: 'report file', values: merged, faults: [], placeOf }
  try {
    const reading = readSettings(fileSettings, { flags, env, file, otherVariables: [...otherVariables, ...variables] })
    for (const warning of reading.warnings) warnings.add(warning)
    return reading.values
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    faults.push(...error.faults)
    return undefined
  }
}

interface ReportParts {
  readonly settings: AskSettings
  readonly folder: string
  readonly redact: (text: string) => string
  readonly written: Report['written']
}

function reportOf(
  merged: Partial<ReportEntry>,
  name: string,
  source: NonNullable<ReportEntry['source']>,
  { settings, folder, redact, written }: ReportParts,
): Report {
  const { format = 'csv', failIf = [], jitter = 0 } = merged
  const gzip = merged.compress === 'gzip'
  return {
    name,
    output: resolve(folder, merged.output ?? '.'),
    schedule: merged.schedule,
    catchUp: merged.catchUp ?? 'last',
    jitterMs: parseDuration(jitter, 'jitter'),
    plans: source.plans === 'all' ? 'all' : [...new Set(source.plans)],
    regions: [...new Set(source.regions ?? settings.region ?? [undefined])],
    profiles: [...new Set(source.profiles ?? [settings.profile])],
    filter: merged.filter ?? {},
    window: merged.window,
    onlyChanges: merged.onlyChanges ?? false,
    columns: merged.columns,
    format,
    gzip,
    formulas: merged.formulas ?? 'escape',
    excel: merged.excel ?? false,
    links: merged.links ?? 'masked',
    file: merged.file ?? '{name}-{due}.{ext}',
    ext: gzip ? `${format}.gz` : format,
    keep: merged.keep,
    allowIncomplete: settings.allowIncomplete,
    alarms: merged.alarms ?? defaultAlarms,
    failIf: failIf === 'any' ? alarmNames : failIf,
    notices: (merged.notices ?? []).map((notice) => withProgram(notice, folder)),
    timeZone: settings.timezone,
    settings,
    written,
    redact,
  }
}

/** A program that is named by its path is found beside the file, as all paths in it; another one on the PATH. */
function withProgram(notice: Notice, folder: string): Notice {
  const [program = '', ...args] = notice.command ?? []
  return program.includes('/') ? { ...notice, command: [resolve(folder, program), ...args] } : notice
}

const inside = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined

/** Source and filter of an entry as they stand in the file. */
function writtenOf(document: unknown, at: number): Report['written'] {
  const entry = inside(inside(document, 'reports'), at)
  const of = (key: string): unknown => inside(entry, key) ?? inside(inside(document, 'defaults'), key)
  return { source: of('source'), filter: of('filter') }
}
