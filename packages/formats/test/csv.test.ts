import { apiFields, type DownloadTask } from '@backset/core'
import { taskRows } from '@backset/formats'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSeparated } from './csv-reader.js'
import { anyTask, pagesOf, printed, task } from './tasks.js'

const columns = [...apiFields, 'state', 'raw']
const textOf = (value: unknown): string => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value))
const valuesOf = (row: DownloadTask): string[] => columns.map((name) => textOf(row[name as keyof DownloadTask]))

describe.each([
  ['csv', ',', '\r\n'],
  ['tsv', '\t', '\n'],
] as const)('%s', (format, delimiter, lineEnd) => {
  test('every value comes back unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTask, { maxLength: 8 }), async (tasks) => {
        const text = await printed(format, pagesOf(tasks), { kind: taskRows, columns, formulas: 'keep', links: 'full' })
        expect(readSeparated(text, delimiter, lineEnd)).toEqual([columns, ...tasks.map(valuesOf)])
      }),
    )
  })

  test('no text begins as a formula does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTask, { maxLength: 8 }), async (tasks) => {
        const text = await printed(format, pagesOf(tasks), { kind: taskRows, columns, links: 'full' })
        const [, ...rows] = readSeparated(text, delimiter, lineEnd)
        rows.forEach((row, at) => {
          row.forEach((cell, column) => {
            const original = valuesOf(tasks[at] as DownloadTask)[column] ?? ''
            expect(cell).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u)
            expect([original, `'${original}`]).toContain(cell)
          })
        })
      }),
    )
  })
})

test('without chosen columns the 19 API fields stand', async () => {
  const [header, ...rows] = readSeparated(await printed('csv', pagesOf([task()])), ',', '\r\n')
  expect(header).toEqual([...apiFields])
  expect(rows).toHaveLength(1)
})

test('an empty list is a header', async () => {
  expect(await printed('csv', pagesOf([]), { kind: taskRows, columns: ['taskId', 'size'] })).toBe(
    'backupSetDownloadTaskId,backupSetDataSize\r\n',
  )
})

test('a row of one empty cell is kept', async () => {
  const text = await printed('csv', pagesOf([task(), task({ errMessage: 'late' })]), { kind: taskRows, columns: ['errMessage'] })
  expect(text).toBe('errMessage\r\n""\r\nlate\r\n')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n1', '＝1', '  =1', '\u0000=1', '\uFEFF=1'])('%j is defused', async (name) => {
  const text = await printed('csv', pagesOf([task({ backupSetDownloadTaskName: name })]), { kind: taskRows, columns: ['taskName'] })
  expect(readSeparated(text, ',', '\r\n')[1]).toEqual([`'${name}`])
})

test.each(['1-2', 'a=b', "'=1", '中', '_=1'])('%j is left alone', async (name) => {
  const text = await printed('csv', pagesOf([task({ backupSetDownloadTaskName: name })]), { kind: taskRows, columns: ['taskName'] })
  expect(readSeparated(text, ',', '\r\n')[1]).toEqual([name])
})

test('numeric columns are never escaped', async () => {
  const rows = [task({ backupSetDataSize: '-9223372036854775808' }), task({ backupSetDataSize: '9223372036854775807' })]
  expect(await printed('csv', pagesOf(rows), { kind: taskRows, columns: ['size'] })).toBe(
    'backupSetDataSize\r\n-9223372036854775808\r\n9223372036854775807\r\n',
  )
})

test('rows of a query take their own keys', async () => {
  const rows = [
    { id: 'a', n: 1 },
    { id: 'b', more: ['x'] },
  ]
  expect(await printed('csv', pagesOf(rows), {})).toBe('id,n,more\r\na,1,\r\nb,,"[""x""]"\r\n')
  expect(await printed('csv', pagesOf(['a', '=b', 3]), {})).toBe("value\r\na\r\n'=b\r\n3\r\n")
})

test('a later row with another key is told', async () => {
  await expect(printed('csv', pagesOf([{ a: 1 }, { b: 1 }], 1), {})).rejects.toMatchObject({ code: 'invalid-input' })
})

const excelCell = async (value: string): Promise<string> => {
  const rows = [task({ backupSetId: value })]
  return printed('csv', pagesOf(rows), { kind: taskRows, columns: ['backupSetId'], excel: true })
}

test.each(['1234567890123456', '9223372036854775807', '007', '12e5', '73928E-03', '1.5e3'])('excel keeps %s as text', async (id) => {
  expect(await excelCell(id)).toBe(`\uFEFFbackupSetId\r\n"\t${id}"\r\n`)
})

test.each(['123456789012345', '0', '1dfa', 'e5', '12e', '0x10', '1234567890123456a'])('excel leaves %s alone', async (id) => {
  expect(await excelCell(id)).toBe(`\uFEFFbackupSetId\r\n${id}\r\n`)
})

test('excel rounds no size', async () => {
  const rows = [2 ** 53 - 1, '9223372036854775807', 12].map((size) => task({ backupSetDataSize: size }))
  const text = await printed('csv', pagesOf(rows), { kind: taskRows, columns: ['size'], excel: true })
  expect(readSeparated(text.slice(1), ',', '\r\n')).toEqual([
    ['backupSetDataSize'],
    ['\t9007199254740991'],
    ['\t9223372036854775807'],
    ['12'],
  ])
})

test('excel still defuses formulas, and an empty list has its mark too', async () => {
  expect(await excelCell('=1+1')).toBe("\uFEFFbackupSetId\r\n'=1+1\r\n")
  expect(await printed('csv', pagesOf([]), { kind: taskRows, columns: ['size'], excel: true })).toBe('\uFEFFbackupSetDataSize\r\n')
})

test('excel goes with csv alone', async () => {
  await expect(printed('tsv', pagesOf([]), { kind: taskRows, excel: true })).rejects.toMatchObject({ code: 'invalid-input' })
})
