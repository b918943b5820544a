import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportedRows } from './exported-rows.js'

async function* inPieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function rowsOf(text: string, size = 7) {
  const rows = []
  for await (const batch of exportedRows(inPieces(text, size))) rows.push(...batch)
  return rows
}

const valuesOf = async (text: string, size?: number) => (await rowsOf(text, size)).map(({ value }) => value)

const rows = [{ id: 'a', note: '数据\n"{\u2028' }, { id: 'b' }, { id: 'c' }]
const shapes: readonly (readonly [string, string])[] = [
  ['a row a line', rows.map((row) => `${JSON.stringify(row)}\n`).join('')],
  ['without a last line end', rows.map((row) => JSON.stringify(row)).join('\n')],
  ['with blank lines and carriage returns', `\r\n${rows.map((row) => `${JSON.stringify(row)}\r\n\r\n`).join('')}`],
  ['an array', JSON.stringify(rows)],
  ['an indented array', JSON.stringify(rows, undefined, 2)],
  ['a page', JSON.stringify({ pageNum: 0, items: rows })],
  ['an indented page', JSON.stringify({ items: rows }, undefined, 2)],
  ['pages, one a line', `${JSON.stringify({ items: rows.slice(0, 1) })}\n${JSON.stringify({ items: rows.slice(1) })}\n`],
  ['behind a byte order mark', `\uFEFF${JSON.stringify(rows)}`],
]

test.each(shapes)('rows are read from %s', async (_, text) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
      expect(await valuesOf(text, size)).toEqual(rows)
    }),
    { numRuns: 20 },
  )
})

test('one row alone is a row, nothing is none', async () => {
  expect(await valuesOf('{"id":"a"}')).toEqual([{ id: 'a' }])
  expect(await valuesOf('{\n  "id": "a"\n}\n')).toEqual([{ id: 'a' }])
  expect(await valuesOf('')).toEqual([])
  expect(await valuesOf('\n')).toEqual([])
  expect(await valuesOf('[]\n')).toEqual([])
})

test('numbers beyond 2^53 keep their digits', async () => {
  expect(await valuesOf('{"size":9007199254740993}\n')).toEqual([{ size: '9007199254740993' }])
  expect(await valuesOf('[\n{"size":9007199254740993}\n]\n')).toEqual([{ size: '9007199254740993' }])
})

test.each([
  ['{"id":"a"}\n\n{"id":\n', 'Line 3'],
  ['{"id":"a"}\n{"id":"b"', 'Line 2'],
  ['[\n{"id":"a"},\n{"id":9007199254740993,},\n{}]', 'Line 3'],
  ['[\n{"id":"a"},\n{"id":"b"}\n', 'Line 3'],
  ['[\n{"id":"a"},\n{"id":x},\n{"id":"b"},\n{"id":"b"}\n]', 'Line 3'],
  ['task,status\na,finish\n', 'Line 1'],
])('what is no JSON is named by its line: %j', async (text, line) => {
  await expect(rowsOf(text)).rejects.toMatchObject({ code: 'invalid-input', message: `${line} of the export is no JSON.` })
})

test('rows before a bad line are there first', async () => {
  const seen: unknown[] = []
  const read = async () => {
    for await (const batch of exportedRows(inPieces('{"id":"a"}\n{"id":"b"}\n{"id"\n', 11))) seen.push(...batch.map(({ place }) => place))
  }
  await expect(read()).rejects.toThrow('Line 3')
  expect(seen).toEqual(['line 1', 'line 2'])
})
