import { join } from 'node:path'
import { compileFilter, type Clock, type DownloadTask } from '@backset/core'
import type { Batches } from '@backset/formats'
import { AlarmFold, type Alarm } from './alarms.js'
import type { Report } from './config/report.js'
import { coveredBy } from './covered.js'
import { openExportFile, type ExportFile, type FileFacts } from './export-file.js'
import { companionOf } from './file-name.js'
import { lookHeader, lookPath, openLooks, sourceKey } from './last-look.js'
import { manifestOf, type Manifest, type SourceReading } from './manifest.js'
import { onlyChanges } from './only-changes.js'
import { openReportFormat } from './open-format.js'
import { pageRows, type PageFacts } from './page.js'
import type { Claim } from './ports/ledger.js'
import { isProved } from './proved.js'
import { pushInto, type PushedFile } from './pushed-file.js'
import { matching, readSources, shownError, type SourceBatch } from './read-sources.js'
import { redactedIn } from './redacted.js'
import { openSources, type OpenSources, type Sources } from './sources.js'
import { manifestText } from './manifest-text.js'

export interface ExportParts extends OpenSources {
  readonly clock: Clock
  readonly due: Date
  readonly claim: Claim
  /** Of this program. */
  readonly version: string
  readonly previous: Manifest['previous']
  /** Asked when everything is written and nothing has its final name: it throws when the run has lost its claim. */
  readonly mayPublish: () => Promise<void>
  /** Told of the rows that were written so far. */
  readonly onRows?: ((rows: number) => void) | undefined
}

/** What stands on the disk now. */
export interface Exported extends FileFacts {
  readonly rows: number
  readonly ended: string
  readonly manifestSha256: string
  /** In the output folder. */
  readonly companion: string | undefined
  readonly alarms: readonly Alarm[]
  /** What could not be proved complete and was taken as it is, in a sentence. */
  readonly incomplete: string | undefined
}

/**
 * Writes an export: rows flow from the lists to the disk, and get their names when every list is proved. The manifest comes last.
 * @throws DbsError, and then an earlier export stands as it was and nothing of this one is left
 */
export async function writeExport(report: Report, parts: ExportParts): Promise<Exported> {
  const { due, claim, signal } = parts
  const path = join(report.output, claim.file)
  const { filter, range } = coveredBy(report, due)
  const test = compileFilter(filter, { now: due, timeZone: report.timeZone })
  const files: ExportFile[] = []
  const open = async (name: string, gzip: boolean): Promise<ExportFile> => {
    const file = await openExportFile(name, { gzip, signal })
    files.push(file)
    return file
  }
  try {
    const main = await open(path, report.gzip)
    const [besideName, readings] = [companionOf(claim.file), [] as SourceReading[]]
    const [fold, plans] = [new AlarmFold(report.alarms, due), new Set<string>()]
    const alarms = (): readonly Alarm[] => redactedIn(fold.found(plans), report.redact)
    const facts: PageFacts = {
      report,
      due,
      range,
      sources: () => redactedIn(readings, report.redact),
      alarms,
      companion: besideName.split('/').at(-1) ?? besideName,
    }
    const look = report.onlyChanges ? await openLook(report, { due, test }, async () => open(lookPath(report), true)) : undefined
    const hasChanges = look?.since !== undefined
    const format = await openReportFormat(report, { hasChanges })
    const beside =
      report.format === 'html' ? await openBeside(report, facts, hasChanges, () => open(join(report.output, besideName), false)) : undefined
    await using sources = await openSources(report, parts)
    readings.push(...failedPlanLists(sources))
    for (const { plan } of sources.all) plans.add(plan)
    const onReading = (reading: SourceReading): void => void readings.push(reading)
    const batches = watched(readSources(sources, { report, signal, onReading }), (task) => fold.add(task, test(task)))
    const chosen = look === undefined ? matching(batches, test) : look.changes(batches, { test, isProved: proofOf(report, readings) })
    let rows = 0
    const counted = tapped(chosen, async (tasks) => {
      rows += tasks.length
      await beside?.pushed.push(tasks)
      parts.onRows?.(rows)
    })
    const written = await main.fill(format.render(counted, facts))
    const besideWritten = await beside?.pushed.finish()
    await look?.finish()
    const isLong = besideWritten !== undefined && rows > pageRows
    const ended = new Date(parts.clock.now()).toISOString()
    const text = manifestText(report, {
      ...parts,
      ...written,
      ended,
      rows,
      range,
      readings,
      alarms: alarms(),
      columns: format.columns,
      companion: isLong ? { file: facts.companion, ...besideWritten, rows } : undefined,
      changesSince: look?.since,
    })
    // It is on the disk before anything has its name: where the disk is full, the earlier export and its manifest stand.
    const manifest = await open(manifestOf(path), false)
    const { sha256: manifestSha256 } = await manifest.fill(once(text))
    await parts.mayPublish()
    if (isLong) await beside?.file.publish()
    await main.publish()
    await manifest.publish()
    if ((await look?.makeWay()) === true) await look?.file.publish()
    return {
      ...written,
      rows,
      ended,
      manifestSha256,
      companion: isLong ? besideName : undefined,
      alarms: alarms(),
      incomplete: report.redact(incompleteText(readings)) || undefined,
    }
  } finally {
    await Promise.all(files.map(async (file) => file.discard()))
  }
}

/** Empty where every list was proved. */
function incompleteText(readings: readonly SourceReading[]): string {
  const unproved = readings.filter((reading) => !isProved(reading))
  if (unproved.length === 0) return ''
  const told = unproved.slice(0, 3).map(({ profile, region, plan, error, proof }) => {
    const where = [profile, region, plan === '*' ? 'the list of plans' : plan].filter((part) => part !== undefined).join(' ')
    return `${where}: ${error?.code ?? proof?.verdict ?? 'not read'}`
  })
  const more = unproved.length > told.length ? ` and ${unproved.length - told.length} more` : ''
  return `Not proved complete: ${told.join(', ')}${more}.`
}

async function* once(text: string): AsyncGenerator<string, void, undefined> {
  yield text
}

/** The CSV of all rows beside a page. It is written in any case, since only the last row tells whether it is needed. */
async function openBeside(
  report: Report,
  facts: PageFacts,
  hasChanges: boolean,
  open: () => Promise<ExportFile>,
): Promise<{ readonly file: ExportFile; readonly pushed: PushedFile<readonly DownloadTask[]> }> {
  const csv = await openReportFormat(report, { asCsv: true, hasChanges })
  const file = await open()
  return { file, pushed: pushInto(file, (rows) => csv.render(rows, facts)) }
}

interface LookOptions {
  readonly due: Date
  readonly test: (task: DownloadTask) => boolean
}

/** The look at all tasks that the next run compares with. */
async function openLook(report: Report, { due, test }: LookOptions, open: () => Promise<ExportFile>) {
  const { last, makeWay } = await openLooks(report, due, test)
  const file = await open()
  const pushed = pushInto<string>(file, (lines) => lines)
  await pushed.push(lookHeader(report, due))
  return {
    file,
    makeWay,
    since: last?.due,
    finish: pushed.finish,
    changes: (
      batches: AsyncIterable<SourceBatch>,
      options: { readonly test: (task: DownloadTask) => boolean; readonly isProved: (source: string) => boolean },
    ) => onlyChanges(batches, { last, keep: pushed.push, ...options }),
  }
}

/**
 * Whether a list was read to a proved end; one that is asked no more proves nothing, unless all plans were asked for and it is not among them. To be asked
 * when all lists have ended.
 */
function proofOf({ plans }: Report, readings: readonly SourceReading[]): (source: string) => boolean {
  let proved: ReadonlyMap<string, boolean> | undefined
  return (source) => {
    proved ??= new Map(readings.map((reading) => [sourceKey(reading), isProved(reading)]))
    return proved.get(source) ?? (plans === 'all' && readings.every(isProved))
  }
}

const failedPlanLists = ({ planLists }: Sources): readonly SourceReading[] =>
  planLists.flatMap(({ region, profile, proof, error }) => {
    const reading = { plan: '*', region, profile, rows: 0, proof, error: error === undefined ? undefined : shownError(error) }
    return isProved(reading) ? [] : [reading]
  })

async function* tapped(batches: Batches<DownloadTask>, tap: (tasks: readonly DownloadTask[]) => Promise<void>): Batches<DownloadTask> {
  for await (const tasks of batches) {
    await tap(tasks)
    yield tasks
  }
}

async function* watched(
  batches: AsyncIterable<SourceBatch>,
  watch: (task: DownloadTask) => void,
): AsyncGenerator<SourceBatch, void, undefined> {
  for await (const batch of batches) {
    for (const task of batch.tasks) watch(task)
    yield batch
  }
}
