import { expect, test } from 'vitest'
import { ageText } from './ages.js'

test.each([
  [0, 'just now'],
  [2_000, '2 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [3_600_000, '1 h ago'],
  [172_799_999, '47 h ago'],
  [172_800_000, '2 d ago'],
  [-90_000, 'in 1 min'],
])('%d ms are %s', (ms, words) => {
  expect(ageText(ms)).toBe(words)
})
