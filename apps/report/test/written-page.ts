import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DownloadTask, Proof } from '@backset/core'
import { AlarmFold } from '../src/alarms.js'
import { parseConfig } from '../src/config/read-config.js'
import type { Report } from '../src/config/report.js'
import { page } from '../src/html/page.js'
import type { SourceReading } from '../src/manifest.js'

export const due = new Date('2026-11-23T06:00:00Z')

/** A report of this entry, as a report file would have it. */
export async function reportOf(entry = ''): Promise<Report> {
  const text = `version: 1\nreports:\n  - { name: weekly, region: cn-hangzhou, timezone: Asia/Shanghai, source: { plans: all }${entry.includes('format:') ? '' : ', format: html'}${entry} }\n`
  const { reports } = await parseConfig(text, 'reports.yaml', { env: {}, cwd: '/', now: due.getTime() })
  const [report] = reports
  if (report === undefined) throw new Error('There is no report.')
  return report
}

export const proof = (over: Partial<Proof> = {}): Proof => ({
  verdict: 'sealed',
  rows: 120,
  matched: 120,
  pages: 2,
  walks: 1,
  totalElements: 120,
  duplicates: 0,
  tellTales: [],
  firstRequestId: '4F1888AC-1138-4995-B9FE-D2734F61C058',
  lastRequestId: '5A2999BD-2249-4006-A0AF-E3845A72D169',
  requests: 2,
  ...over,
})

const states = ['done', 'done', 'failed', 'done', 'active', 'done', 'suspended', 'done'] as const
const statuses = { done: 'finish', failed: 'stop', active: 'running', suspended: 'pause' }
const databases = ['MySQL', 'PostgreSQL', 'MongoDB', 'SQLServer']

/** An ordinary task, the `n`th; every state comes again and again. */
export function taskAt(n: number): DownloadTask {
  const state = states[n % states.length] ?? 'done'
  const created = due.getTime() - (n + 1) * 3_600_000
  const durationMs = (1 + ((n * 7919) % 600)) * 60_000
  return {
    backupSetDownloadTaskId: `urx${String(n).padStart(8, '0')}`,
    backupSetDownloadTaskName: `订单库-${n}-ManualFull`,
    backupPlanId: `dbs1hvb0ww${n % 3}`,
    backupSetDbType: databases[n % databases.length] ?? 'MySQL',
    backupSetDataSize: 3_760_062 * (n + 1),
    backupSetDownloadStatus: statuses[state],
    backupSetDownloadCreateTime: new Date(created).toISOString(),
    backupSetDownloadInternetUrl: `https://files.example.com/urx${n}.tar.gz?Expires=1&Signature=canary`,
    ...(state === 'failed' && { errMessage: `The disk of the gateway is full; see https://files.example.com/help?token=canary` }),
    ...(state === 'done' && { durationMs, backupSetDownloadFinishTime: new Date(created + durationMs).toISOString() }),
    state,
  }
}

export interface PageParts {
  readonly report?: Report
  readonly sources?: readonly SourceReading[]
}

/** What a page of these tasks holds. */
export async function pageText(tasks: Iterable<DownloadTask>, parts: PageParts = {}): Promise<string> {
  const chunks: string[] = []
  for await (const chunk of pageChunks(tasks, parts)) chunks.push(chunk)
  return chunks.join('')
}

export async function* pageChunks(
  tasks: Iterable<DownloadTask>,
  { report, sources }: PageParts = {},
): AsyncGenerator<string, void, undefined> {
  const given = report ?? (await reportOf())
  const fold = new AlarmFold(given.alarms, due)
  async function* batches() {
    let batch: DownloadTask[] = []
    for (const task of tasks) {
      fold.add(task, true)
      if (batch.push(task) < 100) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }
  yield* page(batches(), {
    report: given,
    due,
    range: { from: '2026-11-15T16:00:00.000Z', to: '2026-11-22T16:00:00.000Z' },
    sources: () => sources ?? [{ plan: 'dbs1hvb0ww0', rows: 120, proof: proof() }],
    alarms: () => fold.found([]),
    companion: 'weekly: all.csv',
  })
}

/** Writes a page and tells its address. */
export async function writtenPage(folder: string, text: string): Promise<string> {
  const path = join(folder, 'page.html')
  await writeFile(path, text)
  return pathToFileURL(path).href
}
