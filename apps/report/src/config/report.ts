import type { TaskFilterInput } from '@backset/core'
import type { commonSettings, Values } from '@backset/settings'
import type { AlarmName } from './alarm-names.js'
import type { Alarms, Notice, ReportEntry } from './schema.js'

/** How DBS is asked: the common settings, after flags, environment and file. */
export type AskSettings = Omit<Values<typeof commonSettings>, 'debug'>

/** One report of the file, with the defaults merged in and everything decided. */
export interface Report {
  readonly name: string
  /** Absolute. */
  readonly output: string
  readonly schedule: string | undefined
  readonly catchUp: 'last' | 'all' | 'none'
  readonly jitterMs: number
  readonly plans: 'all' | readonly string[]
  /** One that is undefined where an endpoint needs none. */
  readonly regions: readonly (string | undefined)[]
  /** One that is undefined: the keys that are found. */
  readonly profiles: readonly (string | undefined)[]
  readonly filter: TaskFilterInput
  readonly window: ReportEntry['window']
  readonly onlyChanges: boolean
  readonly columns: readonly string[] | undefined
  readonly format: 'csv' | 'json' | 'ndjson' | 'html'
  readonly gzip: boolean
  readonly formulas: 'escape' | 'keep'
  readonly excel: boolean
  readonly links: 'masked' | 'omitted' | 'full'
  /** Template of the export's name. */
  readonly file: string
  /** `csv`, or `csv.gz`. */
  readonly ext: string
  readonly keep: number | undefined
  readonly allowIncomplete: boolean
  readonly alarms: Alarms
  readonly failIf: readonly AlarmName[]
  readonly notices: readonly Notice[]
  /** IANA zone of due times, windows, dates and days. */
  readonly timeZone: string
  readonly settings: AskSettings
  /** Parts of the file as they were written, `${NAME}` and all: what a manifest tells of them. */
  readonly written: { readonly source: unknown; readonly filter: unknown }
  /** Puts `${NAME}` in the place of what came from the environment. Everything that is told or kept passes it. */
  readonly redact: (text: string) => string
}

/** A report file, read and found right. */
export interface ReportConfig {
  /** Where it is, as it was named. */
  readonly path: string
  readonly reports: readonly Report[]
  /** Whole sentences: what was set and has no effect. */
  readonly warnings: readonly string[]
  readonly redact: (text: string) => string
}
