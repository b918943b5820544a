import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TaskList } from './task-list.js'
import type { WireRow } from './wire.js'

const row = (id: string): WireRow => ({ BackupSetDownloadTaskId: id })

const listOf = (count: number): TaskList =>
  new TaskList({
    count,
    row: (index) => row(`seed-${index}`),
    indexOf: (id) => (id.startsWith('seed-') ? Number(id.slice(5)) : undefined),
    settle: (one) => one,
  })

const step = fc.record({
  kind: fc.constantFrom('insert', 'remove', 'change'),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  rows: fc.integer({ min: 1, max: 4 }),
})

test('a moved list reads like an array that was moved alike', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), fc.array(step, { maxLength: 30 }), (count, steps) => {
      const list = listOf(count)
      const model = [...list]
      for (const [number, { kind, place, rows }] of steps.entries()) {
        const at = Math.floor(place * model.length)
        const fresh = Array.from({ length: rows }, (_, index) => row(`own-${number}-${index}`))
        if (kind === 'insert') {
          list.insert(at, ...fresh)
          model.splice(at, 0, ...fresh)
        } else if (kind === 'remove') expect(list.remove(at, rows)).toEqual(model.splice(at, rows))
        else if (at < model.length) {
          list.change(at, { Changed: number })
          model[at] = { ...model[at], Changed: number }
        }
      }
      expect([...list]).toEqual(model)
      expect(list.length).toBe(model.length)
      expect(list.slice(3, 9)).toEqual(model.slice(3, 9))
      for (const id of [...model.map((one) => String(one['BackupSetDownloadTaskId'])), 'seed-0', 'nobody'])
        expect(list.indexOf(id)).toBe(model.findIndex((one) => one['BackupSetDownloadTaskId'] === id))
    }),
  )
})

test('rows beyond the list cannot be changed', () => {
  expect(() => listOf(2).change(2, {})).toThrow(RangeError)
  expect(() => listOf(2).insert(3, row('x'))).toThrow(RangeError)
})
