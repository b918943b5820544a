import { parseDuration } from '@backset/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { address, choice, duration, durationOrNone, integer, list, numberOf, onOff, text, timeZone, type Kind } from './kinds.js'

test.each([
  ['text is trimmed', text('NAME'), ' prod ', 'prod'],
  ['a list is split and repeated once', list('REGION'), ['cn-hangzhou, cn-beijing', 'cn-hangzhou'], ['cn-hangzhou', 'cn-beijing']],
  ['a choice is read in any case', choice(['post', 'get']), 'GET', 'get'],
  ['an alias becomes its word', choice(['v3', 'v1'], { v2: 'v1' }), 'v2', 'v1'],
  ['a number may come as a number', numberOf([30, 50, 100]), 50, 50],
  ['a number may come as text', integer({ min: 1, max: 100 }), '7', 7],
  ['a duration becomes milliseconds', duration, '1.5h', 5_400_000],
  ['a duration may be none where that means something', durationOrNone, '0s', 0],
  ['1 switches on', onOff, '1', true],
  ['no switches off', onOff, 'no', false],
  ['a boolean stays itself', onOff, false, false],
  ['a zone stays as written', timeZone, 'Asia/Shanghai', 'Asia/Shanghai'],
] as const satisfies readonly (readonly [string, Kind<unknown>, unknown, unknown])[])('%s', (_title, kind, input, value) => {
  expect(kind.read(input, '--x')).toEqual(value)
})

test.each([
  ['empty text', text('NAME'), '  '],
  ['a map for text', text('NAME'), { a: 1 }],
  ['a gap in a list', list('REGION'), 'a,,b'],
  ['an empty list', list('REGION'), []],
  ['a word that is no choice', choice(['post', 'get']), 'put'],
  ['a name of every object', choice(['v3'], {}), 'constructor'],
  ['a page size DBS does not take', numberOf([30, 50, 100]), 31],
  ['a number beyond its bounds', integer({ min: 1, max: 100 }), '101'],
  ['half a number', integer({ min: 1, max: 100 }), '1.5'],
  ['a duration without a unit', duration, '60'],
  ['a duration of nothing', duration, '0s'],
  ['a word for a switch', onOff, 'maybe'],
  ['a zone that is nowhere', timeZone, 'Mars/Olympus'],
] as const satisfies readonly (readonly [string, Kind<unknown>, unknown])[])('%s is refused by its source', (_title, kind, input) => {
  expect(() => kind.read(input, '--x')).toThrow(
    expect.objectContaining({ code: 'invalid-input', message: expect.stringMatching(/^--x is /) }),
  )
})

test('a long input is quoted in part', () => {
  expect(() => onOff.read('y'.repeat(500), '--x')).toThrow(/^--x is "y{78}…, but it takes/)
})

test('an address is shown without user and query', () => {
  expect(address.show?.('https://me:pw@host:1/?token=1')).toBe('https://***@host:1/?***')
  expect(address.show?.('me:p@w@host')).toBe('***@host')
  expect(address.show?.('http://127.0.0.1:8899')).toBe('http://127.0.0.1:8899')
})

test('a duration is shown as it can be written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 864_000_000 }), (ms) => {
      expect(parseDuration(duration.show?.(String(ms)) ?? '')).toBe(ms)
    }),
  )
  expect(duration.show?.('7200000')).toBe('2h')
  expect(durationOrNone.show?.('0')).toBe('0ms')
})
