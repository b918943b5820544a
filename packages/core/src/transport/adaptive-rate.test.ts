import { expect, test } from 'vitest'
import { AdaptiveRate } from './adaptive-rate.js'

/** Answers at an even pace, `throttleEvery`th of them a throttle (0: none). */
function answers(rate: AdaptiveRate, from: number, toMs: number, perSecond: number, throttleEvery: number): void {
  for (let at = from, number = 1; at < toMs; at += 1000 / perSecond, number++)
    rate.answered(at, throttleEvery > 0 && number % throttleEvery === 0)
}

/** As `answers`, until the rate changes; says when. */
function answersUntilChange(rate: AdaptiveRate, from: number, perSecond: number, throttleEvery: number): number {
  const before = rate.at(from)
  let [at, number] = [from, 1]
  for (; rate.at(at) === before && at < from + 1999; at += 1000 / perSecond, number++) rate.answered(at, number % throttleEvery === 0)
  return at
}

test('there is no limit before the first throttle', () => {
  const rate = new AdaptiveRate()
  answers(rate, 0, 60_000, 500, 0)
  expect(rate.at(60_000)).toBe(Infinity)
})

test('a throttle cuts to 0.95 of the last second', () => {
  const rate = new AdaptiveRate()
  answers(rate, 0, 3000, 100, 0)
  rate.answered(3000, true)
  expect(rate.at(3000)).toBeCloseTo(0.95 * 99) // the success of 3 s ago less one has left the second
})

test('a low rate is that of the last 20 successes, for a second has one more or less by chance', () => {
  const rate = new AdaptiveRate()
  answers(rate, 0, 12_000, 4, 0)
  rate.answered(12_000, false)
  rate.answered(12_001, false) // five in this second
  rate.answered(12_002, true)
  expect(rate.at(12_002)).toBeCloseTo((0.95 * 19) / 4.5, 1)
})

test('successes before a rest do not count', () => {
  const rate = new AdaptiveRate()
  answers(rate, 0, 12_000, 4, 0)
  for (let number = 0; rate.at(60_000 + number * 100) === Infinity; number++) rate.answered(60_000 + number * 100, number % 3 > 0)
  expect(rate.at(64_000)).toBeGreaterThan(0.95 * 3) // a third of ten a second
})

test('a few answers are no reason to cut', () => {
  const rate = new AdaptiveRate()
  for (let at = 0; at < 40_000; at += 2500) rate.answered(at, true)
  expect(rate.at(40_000)).toBe(Infinity)
})

test('two cuts are a second apart at least', () => {
  const rate = new AdaptiveRate()
  answers(rate, 0, 3000, 100, 0)
  rate.answered(3000, true)
  const cut = rate.at(3000)
  for (let at = 3001; at < 4000; at += 5) rate.answered(at, true)
  expect(rate.at(3999)).toBe(cut)
})

test('it grows by 5 % every 2 s', () => {
  const rate = new AdaptiveRate()
  answers(rate, 0, 3000, 100, 0)
  rate.answered(3000, true)
  const cut = rate.at(3000)
  expect(rate.at(4999)).toBe(cut)
  expect(rate.at(5000)).toBeCloseTo(cut * 1.05)
  expect(rate.at(7000)).toBeCloseTo(cut * 1.05 ** 2)
  expect(rate.at(1e7)).toBe(Infinity)
})

test('2 a second is the floor', () => {
  const rate = new AdaptiveRate()
  for (let at = 0; at < 20_000; at += 10) rate.answered(at, true)
  expect(rate.at(20_000)).toBeGreaterThanOrEqual(2)
  expect(rate.at(20_000)).toBeLessThan(2.2)
})

test('a cut that changed nothing is taken back', () => {
  const rate = new AdaptiveRate()
  const first = answersUntilChange(rate, 0, 100, 3)
  expect(rate.at(first)).toBeLessThan(70)
  const second = answersUntilChange(rate, first, 60, 3)
  expect(rate.at(second)).toBe(Infinity)
})

test('after it was taken back none follows for 2 s', () => {
  const rate = new AdaptiveRate()
  const back = answersUntilChange(rate, answersUntilChange(rate, 0, 100, 3), 60, 3)
  answers(rate, back, back + 1990, 100, 3)
  expect(rate.at(back + 1990)).toBe(Infinity)
  answers(rate, back + 2000, back + 2100, 100, 3)
  expect(rate.at(back + 2100)).toBeLessThan(Infinity)
})

test('a cut that helped is not taken back', () => {
  const rate = new AdaptiveRate()
  const first = answersUntilChange(rate, 0, 100, 2) // half are refused
  const cut = rate.at(first)
  answers(rate, first, first + 1900, cut, 0)
  rate.answered(first + 1900, true)
  expect(rate.at(first + 1900)).toBeLessThanOrEqual(cut)
})

test('a burst after a rest is measured anew', () => {
  const rate = new AdaptiveRate()
  answers(rate, 0, 3000, 100, 0)
  answers(rate, 60_000, 60_200, 100, 4) // a fifth of a second says little of a whole one
  expect(rate.at(60_200)).toBe(Infinity)
})
