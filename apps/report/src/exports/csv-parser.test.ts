import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvParser } from './csv-parser.js'

/** Reads a text in pieces of this size. */
const read = (text: string, size = text.length || 1): string[][] => {
  const parser = new CsvParser()
  const records: string[][] = []
  for (let at = 0; at < text.length; at += size) records.push(...(parser.push(text.slice(at, at + size)) as string[][]))
  return [...records, ...(parser.end() as string[][])]
}
const written = (records: readonly (readonly string[])[]): string =>
  records
    .map(
      (cells) =>
        `${cells.map((cell) => (/[,"\r\n]/.test(cell) || cells.length === 1 ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`,
    )
    .join('')

test('what was written is read, however it is cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', '库', "'") })
  const records = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 7 }), (given, size) => {
      expect(read(written(given), size)).toEqual(given)
    }),
  )
})

test('lines may end with LF, and the last one not at all', () => {
  expect(read('a,b\n1,\n"x\ny",2')).toEqual([
    ['a', 'b'],
    ['1', ''],
    ['x\ny', '2'],
  ])
})

describe('what is out of place', () => {
  test.each([
    ['a\r\n"x"y\r\n', 'Row 1 has text behind a closing quote.'],
    ['a\r\nx"y\r\n', 'Row 1 has a quote amid a cell.'],
    ['a\rb', 'The header has a bare CR.'],
    ['a\r\n1\r\n"x', 'Row 2 ends within quotes.'],
  ])('%j: %s', (text, message) => {
    expect(() => read(text, 2)).toThrow(expect.objectContaining({ code: 'wrong-file', message }) as Error)
  })
})
