import { expect, test } from 'vitest'
import { canonicalQuery, signedHeaderMap } from './canonical.js'

test('names are sorted by code point, not by UTF-16 unit', () => {
  // U+1F600 is written with units from U+D83D, which are smaller than U+FF5E.
  expect(canonicalQuery({ '😀': '1', '～': '2', a: '3', Z: '4' })).toBe('Z=4&a=3&%EF%BD%9E=2&%F0%9F%98%80=1')
})

test('names are sorted before they are encoded', () => {
  expect(canonicalQuery({ 'a-': '1', 'a b': '2', a: '3', aB: '4' })).toBe('a=3&a%20b=2&a-=1&aB=4')
})

test('an empty value keeps its equals sign', () => {
  expect(canonicalQuery({ b: '', a: 'x y' })).toBe('a=x%20y&b=')
  expect(canonicalQuery({})).toBe('')
})

test('a parameter named __proto__ is signed', () => {
  expect(canonicalQuery(JSON.parse('{"__proto__":"1"}') as Record<string, string>)).toBe('__proto__=1')
})

test('host, content-type and x-acs headers are signed', () => {
  const headers = { 'X-Acs-Date': ' d ', Host: 'h', 'Content-Type': 'c', accept: 'a', 'content-length': '0', 'x-acsx': 'n' }
  expect([...signedHeaderMap(headers)]).toEqual([
    ['content-type', 'c'],
    ['host', 'h'],
    ['x-acs-date', 'd'],
  ])
})

test('several values of a header are trimmed, sorted and joined', () => {
  expect([...signedHeaderMap({ 'x-acs-a': [' 2', '10 '], 'X-ACS-A': '1' })]).toEqual([['x-acs-a', '1,10,2']])
})
