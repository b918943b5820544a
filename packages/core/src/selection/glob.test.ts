import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileGlob } from './glob.js'

test.each([
  ['*', '', true],
  ['*', 'any', true],
  ['', '', true],
  ['', 'a', false],
  ['*-ManualCont', '1h7za2yws-ManualCont', true],
  ['*-manualcont', '1h7za2yws-ManualCont', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['?', '😀', true],
  ['备份*', '备份一', true],
  ['a*b*c', 'aXbXXbc', true],
  ['a*b*c', 'aXbXXb', false],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['[^a-c]x', 'dx', true],
  ['[]]', ']', true],
  ['[a-]', '-', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a.c', 'abc', false],
  ['(a+)+$', '(a+)+$', true],
])('%j on %j is %s', (pattern, text, expected) => {
  expect(compileGlob(pattern)(text)).toBe(expected)
})

test('a pattern made to backtrack ends at once', () => {
  expect(compileGlob('*a'.repeat(128))(`${'a'.repeat(50_000)}b`)).toBe(false)
})

test('a set without its end is refused', () => {
  expect(() => compileGlob('a[bc')).toThrow(expect.objectContaining({ code: 'invalid-input', field: 'name' }))
})

const letters = (...unit: string[]) => fc.string({ unit: fc.constantFrom(...unit), maxLength: 12 })

test('stars and question marks match as a regular expression does', () => {
  fc.assert(
    fc.property(letters('a', 'b', '*', '?'), letters('a', 'b'), (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(text)
      expect(compileGlob(pattern)(text)).toBe(expected)
    }),
  )
})
