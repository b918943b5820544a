import { once } from 'node:events'
import { apiFields, type DownloadTask } from '@backset/core'
import { openFormat, taskRows, type RenderOptions } from '@backset/formats'
import { stringify } from 'csv-stringify'
import { stringify as stringifyAtOnce } from 'csv-stringify/sync'
// Inside core on purpose: rows as a listing gives them, without one.
import { readDownloadTask } from '../../../../packages/core/src/schemas/download-task.js'
import { parseExactJson } from '../../../../packages/core/src/wire/json.js'
import { median, type Case, type Row } from '../measure.js'
import { samplePage } from '../sample-page.js'

const rounds = 5
/** Of a round: a million rows in all. */
const pages = 2000
const rowsAPage = 100

const safe = { columns: [...apiFields], escape_formulas: true, record_delimiter: '\r\n' } as const
const ours: RenderOptions = { kind: taskRows, columns: apiFields, formulas: 'escape' }

/** Writes rows; `take` is given what would go to the disk. */
type Writer = (batches: AsyncIterable<readonly DownloadTask[]>, take: (bytes: Buffer) => void) => Promise<void>

const writers: Readonly<Record<string, Writer>> = {
  'csv-stringify, as a stream': async (batches, take) => {
    const stream = stringify(safe)
    stream.on('data', take)
    for await (const batch of batches) {
      for (const row of batch) if (!stream.write(row)) await once(stream, 'drain')
    }
    stream.end()
    await once(stream, 'end')
  },
  'csv-stringify, a page at a time': async (batches, take) => {
    for await (const batch of batches) take(Buffer.from(stringifyAtOnce([...batch], safe)))
  },
  'formats, links whole as above': async (batches, take) => writeOurs(batches, take, { ...ours, links: 'full' }),
  'formats, links masked': async (batches, take) => writeOurs(batches, take, ours),
}

async function writeOurs(
  batches: AsyncIterable<readonly DownloadTask[]>,
  take: (bytes: Buffer) => void,
  options: RenderOptions,
): Promise<void> {
  const render = await openFormat('csv', options)
  for await (const text of render(batches)) take(Buffer.from(text))
}

export const csv: Case = {
  title: `A million tasks of 19 fields to CSV, formulas defused, medians of ${rounds} rounds`,
  async run(signal) {
    const rows = sampleRows()
    await mustAgree(rows)
    const rates = Object.entries(writers).map(([what, write]) => ({ what, write, figures: [] as number[] }))
    // In turns, since a machine is slower at one time than at another.
    for (let round = 0; round < rounds; round++) {
      for (const { write, figures } of rates) figures.push(await rate(write, rows, signal))
    }
    const medians = rates.map(({ what, figures }) => ({ what, perSecond: median(figures) }))
    const base = medians[0]?.perSecond ?? Number.NaN
    return medians.map(({ what, perSecond }, at): Row => ({
      what,
      figure: `${Math.round(perSecond).toLocaleString('en')} rows/s`,
      ...(at > 0 && { ratio: `${(perSecond / base).toFixed(2)} × as fast` }),
    }))
  },
}

function sampleRows(): readonly DownloadTask[] {
  const { Items } = parseExactJson(samplePage(rowsAPage)) as {
    readonly Items: { readonly BackupSetDownloadTaskDetail: readonly unknown[] }
  }
  return Items.BackupSetDownloadTaskDetail.map((wire, at) => {
    const task = readDownloadTask(wire)
    return at % 10 === 0 ? { ...task, backupSetDownloadTaskName: '=1+1, "quoted"' } : task
  })
}

/** @throws Error where the writers make different files of the same rows: then their speeds say nothing */
async function mustAgree(rows: readonly DownloadTask[]): Promise<void> {
  const texts: string[] = []
  for (const [name, write] of Object.entries(writers)) {
    if (name.endsWith('masked')) continue
    let text = ''
    await write(repeated(rows, 1), (part) => void (text += part.toString()))
    texts.push(name.startsWith('formats') ? text.slice(text.indexOf('\r\n') + 2) : text)
  }
  if (new Set(texts).size !== 1) throw new Error('The writers differ.')
}

async function rate(write: Writer, rows: readonly DownloadTask[], signal: AbortSignal): Promise<number> {
  signal.throwIfAborted()
  let bytes = 0
  const start = performance.now()
  await write(repeated(rows, pages), ({ length }) => void (bytes += length))
  if (bytes === 0) throw new Error('Nothing was written.')
  return (pages * rows.length * 1000) / (performance.now() - start)
}

async function* repeated(rows: readonly DownloadTask[], times: number): AsyncGenerator<readonly DownloadTask[], void, undefined> {
  for (let at = 0; at < times; at++) yield rows
}
