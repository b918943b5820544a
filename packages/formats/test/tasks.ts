import type { DownloadTask } from '@backset/core'
import * as fc from 'fast-check'
import { openFormat, taskRows, type Batches, type FormatName, type RenderOptions } from '@backset/formats'

/** A finished task with every field that such a task has. */
export const task = (over: Partial<DownloadTask> = {}): DownloadTask => ({
  backupSetDownloadTaskId: 'urx1',
  backupSetDownloadTaskName: '每日全量-ManualFull',
  backupPlanId: 'dbstooi01',
  backupSetId: '1dfa',
  backupSetDbType: 'MySQL',
  backupSetDataFormat: 'CSV',
  backupSetDataSize: 13_207_024_435,
  backupSetDownloadStatus: 'finish',
  backupSetDownloadCreateTime: '2022-01-13T03:20:01.000Z',
  backupSetDownloadFinishTime: '2022-01-13T04:02:06.500Z',
  backupSetDownloadInternetUrl: 'https://files.example.com/urx1.tar.gz?Expires=1&Signature=canary',
  state: 'done',
  durationMs: 2_525_500,
  ...over,
})

/** Rows in pages of these sizes. */
export async function* pagesOf<Row>(rows: readonly Row[], size = 2): AsyncGenerator<readonly Row[], void, undefined> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}

/** What a format prints of these rows. */
export async function printed(
  format: FormatName,
  batches: Batches,
  { single = false, ...options }: RenderOptions & { readonly single?: boolean } = { kind: taskRows },
): Promise<string> {
  const render = await openFormat(format, options)
  let text = ''
  for await (const chunk of render(batches, { single })) text += chunk
  return text
}

/** Text as a hostile or careless person writes it: quotes, line breaks, formulas, control and bidi characters, half characters. */
const nastyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(',', '"', '\r', '\n', '\t', '=', '＝', '-', ' ', 'a', '中', '\u202E', '\u001B', '\uFEFF', "'", '\\') }),
)

export const anyTask: fc.Arbitrary<DownloadTask> = fc
  .record(
    {
      backupSetDownloadTaskName: nastyText,
      backupSetCode: nastyText,
      backupSetDataSize: fc.oneof(fc.nat(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }).map(String)),
      backupGatewayId: fc.bigInt({ min: 1n, max: 2n ** 63n }).map(String),
      errMessage: nastyText,
      raw: fc.dictionary(nastyText, nastyText),
    },
    { requiredKeys: [] },
  )
  .map((fields) => ({ backupSetDownloadTaskId: 'urx1', state: 'unknown' as const, ...fields }))
