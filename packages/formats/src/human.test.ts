import { expect, test } from 'vitest'
import { humanText } from './human.js'

const human = humanText('UTC')

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_048_575, '1.0 MiB'],
  [13_207_024_435, '12.3 GiB'],
  ['9223372036854775807', '8.0 EiB'],
  ['99999999999999999999999999', '86736173.8 EiB'],
])('%s bytes are %s', (bytes, text) => {
  expect(human(bytes, 'bytes')).toBe(text)
})

test.each([
  [0, '0ms'],
  [999, '999ms'],
  [45_900, '45s'],
  [725_000, '12m05s'],
  [11_520_000, '3h12m'],
  [187_200_000, '2d04h'],
])('%i ms are %s', (ms, text) => {
  expect(human(ms, 'duration')).toBe(text)
})

test('what is no time or size is shown as it is', () => {
  expect([human('soon', 'time'), human('many', 'bytes'), human('long', 'duration'), human(undefined, 'time')]).toEqual([
    'soon',
    'many',
    'long',
    '',
  ])
})
