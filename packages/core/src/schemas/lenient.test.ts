import { expect, test } from 'vitest'
import { boolean, integer, longId, rows, text } from './lenient.js'

const row = { BackupSetDownloadTaskId: 'a' }

test.each([
  ['missing', undefined],
  ['null', null],
  ['empty text', ''],
  ['blank text', '\n  '],
  ['an empty array', []],
  ['an empty object', {}],
  ['an inner empty array', { Row: [] }],
  ['an inner null', { Row: null }],
  ['an inner empty text', { Row: '' }],
  ['an inner blank', { Row: ' ' }],
  ['an inner empty object', { Row: {} }],
  ['an array of empty wrappers', [{ Row: [] }, { Row: '' }]],
])('items that are %s are no rows', (_, items) => {
  expect(rows(items, 'Row')).toEqual([])
})

test.each([
  ['the documented shape', { Row: [row, row] }],
  ['a bare array', [row, row]],
  ['wrappers of one row each', [{ Row: row }, { Row: [row] }]],
])('%s holds two rows', (_, items) => {
  expect(rows(items, 'Row')).toEqual([row, row])
})

test.each([
  ['one inner object', { Row: row }],
  ['one bare row', row],
])('%s is one row', (_, items) => {
  expect(rows(items, 'Row')).toEqual([row])
})

test('what is no list is left to the reader to refuse', () => {
  expect([rows('error', 'Row'), rows(5, 'Row'), rows({ Row: 'x' }, 'Row')]).toEqual([['error'], [5], ['x']])
})

test.each([
  [true, true],
  ['true', true],
  ['True', true],
  [1, true],
  ['1', true],
  [false, false],
  ['false', false],
  [0, false],
  ['0', false],
  ['', undefined],
  ['maybe', undefined],
  [null, undefined],
])('the boolean %j is %j', (sent, expected) => {
  expect(boolean(sent)).toBe(expected)
})

test('scalars become text, structures do not', () => {
  expect([text(5), text(true), text('N/A'), text([]), text({}), longId('0'), longId(7)]).toEqual([
    '5',
    'true',
    undefined,
    undefined,
    undefined,
    undefined,
    '7',
  ])
})

test('a number too long for a page is none', () => {
  expect([integer('30'), integer(0), integer('9007199254740993'), integer('3.5')]).toEqual([30, 0, undefined, undefined])
})
