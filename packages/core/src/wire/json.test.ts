import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxDepth, parseExactJson } from './json.js'

/** A number token as JSON allows it. */
const token = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9]\d{0,24}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,20}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map((parts) => parts.join(''))

const isKept = (digits: string): boolean => {
  const value = Number(digits)
  return String(value) === digits && (Number.isSafeInteger(value) || !Number.isInteger(value))
}

describe('numbers', () => {
  test.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'], // 2^53: a number that its neighbour would become too
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['18014398509481984', '18014398509481984'],
    ['1554560477000', 1554560477000],
    ['1.0', '1.0'],
    ['0.5', 0.5],
    ['1e3', '1e3'],
    ['-0', '-0'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
  ])('%s keeps its digits', (text, value) => {
    expect(parseExactJson(text)).toBe(value)
    expect(parseExactJson(`{"a" : [ ${text} , {"b":${text}\n}]}`)).toEqual({ a: [value, { b: value }] })
  })

  test('every token keeps its digits wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), token)), (members) => {
        const text = `[${members.map(([name, digits]) => `{"k":${JSON.stringify(name)}, "v" :${digits} }`).join(',')}]`
        expect(parseExactJson(text)).toEqual(members.map(([k, digits]) => ({ k, v: isKept(digits) ? Number(digits) : digits })))
      }),
      { numRuns: 2000 },
    )
  })

  test('digits inside strings and keys are left alone', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(token, fc.string()), fc.oneof(token, fc.string(), fc.constant('\\"1.50"\\'))), (record) => {
        expect(parseExactJson(JSON.stringify(record))).toEqual(JSON.parse(JSON.stringify(record)))
      }),
      { numRuns: 2000 },
    )
  })
})

const reads = (read: (text: string) => unknown, text: string): boolean => {
  try {
    read(text)
    return true
  } catch {
    return false
  }
}

test('a text is read exactly when JSON.parse reads it', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    ' ',
    '-',
    '01',
    '1.50',
    '1.',
    '.5',
    '12345678901234567890',
    'true',
    'e1',
    'a',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      expect([text, reads(parseExactJson, text)]).toEqual([text, reads(JSON.parse, text)])
    }),
    { numRuns: 20_000, examples: [[['{', '1.50', ':', '1.50', '}']], [['[', '01', ']']]] },
  )
})

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

test('nesting beyond the bound is refused', () => {
  expect(() => parseExactJson(nested(maxDepth))).not.toThrow()
  expect(() => parseExactJson(nested(maxDepth + 1))).toThrow(RangeError)
  expect(() => parseExactJson('{"a":'.repeat(1_000_000))).toThrow(RangeError)
  expect(parseExactJson(JSON.stringify('['.repeat(1000)))).toBe('['.repeat(1000))
})

test('a member named __proto__ reaches no prototype', () => {
  const value = parseExactJson('{"__proto__":{"Success":false},"constructor":{"prototype":{"x":1}}}') as Record<string, unknown>
  expect(value['Success']).toBeUndefined()
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})

test('bytes are read as their text is', () => {
  const json = fc.json({ stringUnit: 'binary' }).map((text) => text.replaceAll(/\b1\b/g, '9007199254740993'))
  fc.assert(
    fc.property(json, (text) => {
      expect(parseExactJson(Buffer.from(text))).toEqual(parseExactJson(text.toWellFormed()))
    }),
  )
  expect(parseExactJson(Buffer.from('{"名":"数据库𠮷","n":9007199254740993}'))).toEqual({ 名: '数据库𠮷', n: '9007199254740993' })
})
