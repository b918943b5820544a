import { expect, test } from 'vitest'
import { SleepingClock } from '../../test/sleeping-clock.js'
import { IdleLists } from './idle-lists.js'

const minute = 60_000

function openIdle() {
  const clock = new SleepingClock()
  const forgotten: string[] = []
  return { clock, forgotten, idle: new IdleLists({ clock, forget: (key) => forgotten.push(key) }) }
}

test('a list is forgotten after ten minutes', async () => {
  const { clock, forgotten, idle } = openIdle()
  idle.add('a', 1)
  await clock.turn(5 * minute)
  idle.add('b', 1)
  await clock.turn(5 * minute)
  expect(forgotten).toEqual(['a'])
  await clock.turn(5 * minute)
  expect(forgotten).toEqual(['a', 'b'])
})

test('a list that is taken again is not forgotten', async () => {
  const { clock, forgotten, idle } = openIdle()
  idle.add('a', 1)
  idle.take('a')
  await clock.turn(60 * minute)
  expect({ forgotten, sleepers: clock.sleepers }).toEqual({ forgotten: [], sleepers: 0 })
})

test('of too many lists those left first go', () => {
  const { forgotten, idle } = openIdle()
  for (let at = 0; at < 102; at++) idle.add(`list ${at}`, 1)
  expect(forgotten).toEqual(['list 0', 'list 1'])
})

test('of too many tasks those left first go', () => {
  const { forgotten, idle } = openIdle()
  idle.add('a', 150_000)
  idle.add('b', 40_000)
  idle.add('c', 60_000)
  expect(forgotten).toEqual(['a'])
})
