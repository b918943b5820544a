import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonParser } from './json-parser.js'

const read = (text: string, size = 3): unknown[] => {
  const parser = new JsonParser()
  const rows: unknown[] = []
  for (let at = 0; at < text.length; at += size) rows.push(...parser.push(text.slice(at, at + size)))
  return [...rows, ...parser.end()]
}

test('an array is read however it is laid out and cut', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '{', '}', '[', ']', '"', '\\', ',', '库') })
  const row = fc.record({ text, inner: fc.array(fc.record({ text })) })
  fc.assert(
    fc.property(fc.array(row), fc.integer({ min: 1, max: 9 }), fc.constantFrom(undefined, 2), (rows, size, indent) => {
      expect(read(JSON.stringify(rows, undefined, indent), size)).toEqual(rows)
    }),
  )
})

test('no number is rounded', () => {
  expect(read('[{"backupSetDataSize":9007199254740993}]')).toEqual([{ backupSetDataSize: '9007199254740993' }])
})

test.each([
  ['[{"a":1}', 'It breaks off after row 1.'],
  ['[{"a":1', 'It breaks off after row 0.'],
  ['', 'It breaks off after row 0.'],
  ['{"a":1}', 'It is no array of objects.'],
  ['[1]', 'It is no array of objects.'],
  ['[{"a":1}{"a":2}]', 'It is no array of objects.'],
  ['[{"a":1},]', 'It is no array of objects.'],
  ['[] []', 'Text stands behind its end.'],
  ['[{"a":}]', 'Row 1 is no JSON.'],
])('%j: %s', (text, message) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'wrong-file', message }) as Error)
})
