import { expect, test } from 'vitest'
import { inSeconds } from './in-seconds.js'

test.each([
  [0, '0 s'],
  [50.4, '0.05 s'],
  [500, '0.5 s'],
  [1991, '2 s'],
  [2540, '2.5 s'],
  [19_963, '20 s'],
  [3_600_000, '3600 s'],
])('%d ms are %s', (ms, text) => {
  expect(inSeconds(ms)).toBe(text)
})
