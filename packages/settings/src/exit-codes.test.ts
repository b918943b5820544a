import { errorCodes } from '@backset/core'
import { expect, test } from 'vitest'
import { exitCodes, failIfHeld, worst } from './exit-codes.js'

test('every error code has an exit code', () => {
  expect(Object.keys(exitCodes).toSorted()).toEqual([...errorCodes].toSorted())
})

test('only documented numbers are exit codes', () => {
  expect(new Set(Object.values(exitCodes))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 130]))
})

test.each([
  [[], 0],
  [[0, 0], 0],
  [[4, 7, 6], 7],
  [[6, 4], 6],
  [[failIfHeld, 5], 5],
  [[0, failIfHeld], failIfHeld],
  [[2, 130, 3], 130],
  [[1, 77], 77],
])('the worst of %j is %i', (codes, code) => {
  expect(worst(codes)).toBe(code)
})
