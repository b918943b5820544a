import { DbsError } from '@backset/core'
import type { Fault, Path } from '@backset/settings'
import type { ReportDefaults, ReportEntry } from './schema.js'

/** A report file as far as it is right. */
export interface FileView {
  readonly defaults: Partial<ReportDefaults>
  readonly entries: readonly Partial<ReportEntry>[]
  readonly placeOf: (path: Path) => string
  readonly faultAt: (path: Path, message: string, remedy?: string) => Fault
}

/** A DbsError of a check as a fault. */
export function faultOf(view: FileView, path: readonly PropertyKey[], check: () => unknown): readonly Fault[] {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof DbsError)) throw error
    return [view.faultAt(path, error.message, error.hint)]
  }
}
