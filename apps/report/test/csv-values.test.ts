import { apiFields, type DownloadTask } from '@backset/core'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openReportFormat } from '../src/open-format.js'
import { due, reportOf } from './written-page.js'

const columns = [...apiFields, 'state', 'durationMs']

/** What a report of this entry holds. */
async function exported(tasks: readonly DownloadTask[], entry: string): Promise<string> {
  const report = await reportOf(`, links: full, columns: [${columns.join(', ')}], ${entry}`)
  const { render } = await openReportFormat(report, { hasChanges: false })
  async function* batches() {
    yield tasks
  }
  let text = ''
  const facts = { report, due, range: {}, sources: () => [], alarms: () => [], companion: '' }
  for await (const chunk of render(batches(), facts)) text += chunk
  return text
}

/** Read by the strict parser, which refuses whatever RFC 4180 does. */
const rowsOf = (csv: string): readonly (readonly string[])[] =>
  parse(csv, { bom: true, relax_quotes: false, relax_column_count: false, skip_empty_lines: false, record_delimiter: '\r\n' })

/** The JSON export's values as CSV writes them: digits bare, nothing for what is absent. */
function valuesOf(json: string): readonly (readonly string[])[] {
  // Sizes beyond 2^53 are bare digits in the file; JSON.parse would round them.
  const whole = json.replaceAll(/(?<!\\)"backupSetDataSize":(\d+)/g, '"backupSetDataSize":"$1"')
  const rows = JSON.parse(whole) as readonly Readonly<Record<string, string | number | undefined>>[]
  return [columns, ...rows.map((row) => columns.map((name) => String(row[name] ?? '')))]
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '每日全量', '007', '12e5', '"', 'a\r\nb', '\n', ' ', "'", "'=1", '\t1', ','),
  fc.string({ unit: fc.constantFrom(',', '"', '\r', '\n', '\t', '=', '＝', '-', ' ', 'a', '中', '\u202E', "'", '\\', '9') }),
)
const digits = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String)
const size = fc.oneof(fc.nat(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }).map(String))

const anyTask: fc.Arbitrary<DownloadTask> = fc
  .record(
    {
      backupSetDownloadTaskName: nasty,
      backupPlanId: nasty,
      backupSetId: fc.oneof(nasty, digits),
      backupSetDataSize: size,
      backupGatewayId: digits,
      backupSetDownloadDir: nasty,
      errMessage: nasty,
      durationMs: fc.nat(),
    },
    { requiredKeys: [] },
  )
  .map((fields) => ({ backupSetDownloadTaskId: 'urx1', state: 'unknown', ...fields }))

const formula = /^(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])/u

test('CSV with its formulas kept holds what JSON holds, value for value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { minLength: 1, maxLength: 8 }), async (tasks) => {
      const [csv, json] = [await exported(tasks, 'format: csv, formulas: keep'), await exported(tasks, 'format: json')]
      expect(rowsOf(csv)).toEqual(valuesOf(json))
    }),
  )
})

test('CSV with formulas defused holds the same behind the sign', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { minLength: 1, maxLength: 8 }), async (tasks) => {
      const [csv, json] = [await exported(tasks, 'format: csv'), await exported(tasks, 'format: json')]
      const expected = valuesOf(json).map((row) => row.map((value) => (formula.test(value) ? `'${value}` : value)))
      expect(rowsOf(csv)).toEqual(expected)
      expect(
        rowsOf(csv)
          .flat()
          .filter((cell) => formula.test(cell)),
      ).toEqual([])
    }),
  )
})

test('CSV for Excel holds the same behind a tab', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { minLength: 1, maxLength: 8 }), async (tasks) => {
      const [csv, json] = [await exported(tasks, 'format: csv, formulas: keep, excel: true'), await exported(tasks, 'format: json')]
      const plain = rowsOf(csv).map((row) => row.map((cell) => (/^\t[\d.]+(?:e[+-]?\d+)?$/i.test(cell) ? cell.slice(1) : cell)))
      const expected = valuesOf(json).map((row) => row.map((value) => (/^\t[\d.]+$/.test(value) ? value.slice(1) : value)))
      expect(plain).toEqual(expected)
    }),
  )
})
