import { basename } from 'node:path'
import type { Alarm } from './alarms.js'
import type { Report } from './config/report.js'
import type { FileFacts } from './export-file.js'
import type { Manifest, SourceReading } from './manifest.js'
import type { Range } from './page.js'
import type { Claim } from './ports/ledger.js'
import { isProved } from './proved.js'
import { redactedIn } from './redacted.js'

export interface ManifestFacts extends FileFacts {
  readonly claim: Claim
  readonly version: string
  readonly previous: Manifest['previous']
  readonly ended: string
  readonly rows: number
  readonly range: Range
  readonly readings: readonly SourceReading[]
  readonly alarms: readonly Alarm[]
  readonly companion: Manifest['companion']
  readonly columns: readonly string[] | undefined
  /** When the run was due whose look this one was compared with. */
  readonly changesSince: string | undefined
}

/** A manifest as it stands in its file. */
export function manifestText(report: Report, facts: ManifestFacts): string {
  const { name, format, gzip, timeZone, formulas, excel, links, onlyChanges, allowIncomplete, written, redact } = report
  const { claim, readings, range, columns, alarms, companion, changesSince } = facts
  const proofs = readings.flatMap(({ proof }) => proof ?? [])
  const firstRequestId = proofs.find((proof) => proof.firstRequestId !== undefined)?.firstRequestId
  const lastRequestId = proofs.findLast((proof) => proof.lastRequestId !== undefined)?.lastRequestId
  const manifest: Manifest = {
    version: 1,
    report: name,
    file: basename(claim.file),
    sha256: facts.sha256,
    bytes: facts.bytes,
    rows: facts.rows,
    format,
    compress: gzip ? 'gzip' : 'none',
    ...(columns !== undefined && { columns: [...columns] }),
    source: written.source,
    filter: written.filter ?? {},
    window: range,
    timeZone: redact(timeZone),
    settings: { formulas, excel, links, onlyChanges },
    ...(onlyChanges && { changesSince: changesSince ?? null }),
    due: claim.due,
    started: claim.started,
    ended: facts.ended,
    complete: readings.every(isProved),
    allowIncomplete,
    sources: readings.map((reading) => redactedIn(reading, redact)) as Manifest['sources'],
    ...(firstRequestId !== undefined && { firstRequestId }),
    ...(lastRequestId !== undefined && { lastRequestId }),
    ...(alarms.length > 0 && { alarms: alarms.map((alarm) => redactedIn(alarm, redact)) }),
    ...(companion !== undefined && { companion }),
    run: claim.token,
    previous: facts.previous,
    program: `backset-report ${facts.version}`,
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}
