import { expect, test } from 'vitest'
import type { TellTale } from './proof.js'
import { judge, type NextStep, type Walked } from './verdict.js'

const whole: Walked = {
  total: 5,
  before: 0,
  base: 0,
  first: 0,
  signatures: [1, 2, 3],
  tellTales: new Set<TellTale>(),
  distinct: 5,
  duplicates: 0,
  endsEmpty: false,
}
const told = (...tellTales: TellTale[]): Walked => ({ ...whole, tellTales: new Set(tellTales) })
const other = (signature: number): Walked => ({ ...whole, signatures: [1, 2, signature] })

test.each<[string, Walked[], boolean | undefined, NextStep]>([
  ['a still, whole walk wants its seal', [whole], undefined, 'seal'],
  ['a seal that holds is the proof', [whole], true, 'sealed'],
  ['a broken seal asks for another walk', [whole], false, 'walk'],
  ['one page is read at one moment', [{ ...whole, signatures: [1] }], undefined, 'sealed'],
  ['counting from 1 is no move', [told('one-based')], undefined, 'seal'],
  ['a tell-tale asks for another walk', [told('short-page')], undefined, 'walk'],
  ['lacking rows ask for another walk', [{ ...whole, distinct: 4 }], undefined, 'walk'],
  ['rows before a cursor count', [{ ...whole, before: 2, distinct: 3 }], undefined, 'seal'],
  ['two equal walks settle it', [told('seal-broken'), whole], undefined, 'settled'],
  ['the third may settle it', [other(7), whole, whole], undefined, 'settled'],
  ['two walks that differ settle nothing', [other(7), whole], undefined, 'walk'],
  ['four walks that differ are moving', [other(6), other(7), other(8), whole], undefined, 'moving'],
  ['a total that changed within a walk settles nothing', [told('total-changed'), whole], undefined, 'walk'],
  ['a total that changes in every walk is moving', Array<Walked>(4).fill(told('total-changed')), undefined, 'moving'],
  [
    'equal walks without the total are short',
    [
      { ...whole, distinct: 4 },
      { ...whole, distinct: 4 },
    ],
    undefined,
    'short',
  ],
  [
    'equal walks beyond the total are short',
    [
      { ...whole, distinct: 6 },
      { ...whole, distinct: 6 },
    ],
    undefined,
    'short',
  ],
  ['walks that begin at other rows differ', [told('seal-broken'), { ...whole, before: 1, distinct: 4 }], undefined, 'walk'],
])('%s', (_, walks, sealed, step) => {
  expect(judge(walks, { verify: 'ends', sealed })).toBe(step)
})

test('in full, one walk is never enough', () => {
  expect(judge([whole], { verify: 'full' })).toBe('walk')
  expect(judge([{ ...whole, signatures: [1] }], { verify: 'full' })).toBe('walk')
})

test('in full, two still walks are twice', () => {
  expect(judge([whole, whole], { verify: 'full' })).toBe('twice')
  expect(judge([told('repeated-id'), whole], { verify: 'full' })).toBe('settled')
})

test('without a total only an empty page ends', () => {
  const untold: Walked = { ...whole, total: undefined, tellTales: new Set(['no-total']), endsEmpty: true }
  expect(judge([untold], { verify: 'ends' })).toBe('walk')
  expect(judge([untold, untold], { verify: 'ends' })).toBe('settled')
  expect(judge([untold, { ...untold, endsEmpty: false }], { verify: 'ends' })).toBe('short')
  expect(judge([untold, { ...untold, duplicates: 1 }], { verify: 'ends' })).toBe('short')
})
