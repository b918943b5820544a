import { expect, test } from 'vitest'
import { fetchLine } from './fetch-line.js'
import { openRateMeter } from './rate.js'

const progress = { taskId: 'urx1', bytes: 540 * 2 ** 20, size: 1200 * 2 ** 20, resumedFrom: 0, host: 'host', network: 'internet' } as const

test('a line says how far, how fast and how long yet', () => {
  expect(fetchLine(progress, 33 * 2 ** 20, '2 of 5')).toBe('urx1  45%  540.0 MiB of 1.2 GiB  33.0 MiB/s  20s left  2 of 5')
  expect(fetchLine(progress, undefined)).toBe('urx1  45%  540.0 MiB of 1.2 GiB')
  expect(fetchLine(progress, 0)).toBe('urx1  45%  540.0 MiB of 1.2 GiB  0 B/s')
  expect(fetchLine({ ...progress, bytes: 0, size: 0 }, undefined)).toBe('urx1  100%  0 B of 0 B')
})

test('a rate is that of the last seconds', () => {
  const { note } = openRateMeter(5000)
  expect(note(0, 1_000_000)).toBeUndefined()
  expect(note(100, 2_000_000)).toBeUndefined()
  expect(note(1000, 3_000_000)).toBe(2_000_000)
  for (let second = 2; second <= 20; second++) note(second * 1000, 3_000_000 + second * 10)
  expect(note(21_000, 3_000_210)).toBe(10)
})

test('a file that begins anew begins its rate anew', () => {
  const { note } = openRateMeter()
  note(0, 5_000_000)
  expect(note(1000, 0)).toBeUndefined()
  expect(note(2000, 1000)).toBe(1000)
})
