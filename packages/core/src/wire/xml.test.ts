import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxDepth } from './json.js'
import { parseXml } from './xml.js'

// Characters XML 1.0 can hold, without the raw carriage return, which its rules turn into a line feed.
const xmlText = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('&', '<', '>', '"', "'", ']]>', '\n', '\t', ' ', '&amp;', '中', '𠮷', '1'),
      fc.string({ unit: 'grapheme', maxLength: 1 }),
    ),
  })
  // oxlint-disable-next-line no-control-regex -- they are what is left out
  .map((text) => text.replaceAll(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, ''))

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const numbered = (text: string): string => text.replaceAll(/[^]/gu, (char) => `&#${char.codePointAt(0)};`)
const hexed = (text: string): string => text.replaceAll(/[^]/gu, (char) => `&#x${char.codePointAt(0)?.toString(16)};`)
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

describe('text', () => {
  test.each([
    ['escaped', escaped],
    ['as decimal references', numbered],
    ['as hexadecimal references', hexed],
    ['as CDATA', cdata],
  ])('comes out as it went in, %s', (_, write) => {
    fc.assert(
      fc.property(xmlText, fc.array(xmlText, { minLength: 2, maxLength: 4 }), (one, many) => {
        const rows = many.map((text) => `<Row>${write(text)}</Row>`).join('\n  ')
        const { root, value } = parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n<R><A>${write(one)}</A>\n  ${rows}</R>\n`)
        expect({ root, value }).toEqual({ root: 'R', value: { A: one, Row: many } })
      }),
      { numRuns: 1000 },
    )
  })

  test('a signed link loses nothing of its query', () => {
    expect(parseXml('<R><U>https://h/f?Expires=1&amp;Signature=a%2Bb&amp;lt=&#38;lt;</U></R>').value).toEqual({
      U: 'https://h/f?Expires=1&Signature=a%2Bb&lt=&lt;',
    })
  })

  test('digits, words and white space stay text', () => {
    expect(parseXml('<R><a>007</a><b>1e5</b><c>true</c><d> x </d><e>  </e></R>').value).toEqual({
      a: '007',
      b: '1e5',
      c: 'true',
      d: ' x ',
      e: '  ',
    })
  })

  test('thousands of references are no attack', () => {
    expect(parseXml(`<R><a>${'&amp;'.repeat(20_000)}</a></R>`).value).toEqual({ a: '&'.repeat(20_000) })
  })

  test('a control character as a reference is taken', () => {
    expect(parseXml('<R><a>x&#1;y&#13;&#10;</a></R>').value).toEqual({ a: 'x\u0001y\r\n' })
  })

  test.each(['&nbsp;', '&foo;', '&#0;', '&#xD800;', '&#x110000;', '&toString;'])('%s is refused, not guessed at', (reference) => {
    expect(() => parseXml(`<R><a>${reference}</a></R>`)).toThrow('stands for no character')
  })
})

describe('elements', () => {
  test.each([
    ['<R/>', ''],
    ['<R><a/></R>', { a: '' }],
    ['<R><a></a><a>1</a></R>', { a: ['', '1'] }],
    ['<R>\n <a>\n  <b>1</b>\n </a>\n</R>', { a: { b: '1' } }],
    ['<R x="1"><a y="2">3</a></R>', { a: '3' }],
    ['<!-- c --><R><!-- c --><a>1<!-- c -->2</a></R>', { a: '12' }],
  ])('%s is read', (text, value) => {
    expect(parseXml(text).value).toEqual(value)
  })

  test('the root is told', () => {
    expect(parseXml('<?xml version="1.0"?><Error><Code>X</Code></Error>')).toEqual({ root: 'Error', value: { Code: 'X' } })
  })

  test('a name of the prototype is refused', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(() => parseXml(`<R><${name}><x>1</x></${name}></R>`)).toThrow(name)
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

test.each([
  ['<!DOCTYPE R [<!ENTITY a "b">]><R>&a;</R>', 'DOCTYPE'],
  ['<R><!DOCTYPE x></R>', 'DOCTYPE'],
  ['<R><a>1</a>', 'no whole XML'],
  ['<R><a>1</R>', 'no whole XML'],
  ['<R/><S/>', 'not one root'],
  ['<R/><R/>', 'not one root'],
  ['<R/>x', 'behind its end'],
  ['<R><a>1 & 2</a></R>', 'no whole XML'],
  [`<R>${'<a>'.repeat(maxDepth + 1)}${'</a>'.repeat(maxDepth + 1)}</R>`, 'nested tags'],
])('%s is refused', (text, why) => {
  expect(() => parseXml(text)).toThrow(why)
})
