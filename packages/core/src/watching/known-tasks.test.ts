import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TaskEvent } from '../changes/changes.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { KnownTasks } from './known-tasks.js'

const task = (id: string, status = 'running'): DownloadTask => ({
  backupSetDownloadTaskId: id,
  backupSetDownloadStatus: status,
  state: status === 'finish' ? 'done' : 'active',
})
const told = (events: readonly TaskEvent[]) => events.map(({ event, task: { backupSetDownloadTaskId: id } }) => `${event} ${id}`)

/** Takes a whole look and tells what was new in it. */
function look(known: KnownTasks, ids: string, isProved = true): string[] {
  const tasks = Array.from(ids, (id) => task(id))
  const events = known.changesInWhole(tasks, isProved)
  known.accept(events)
  known.acceptWhole(tasks, isProved)
  return told(events)
}

test('the first look tells nothing', () => {
  const known = new KnownTasks()
  expect(known.isBlank).toBe(true)
  expect(look(known, 'ab')).toEqual([])
  expect(look(known, 'ab')).toEqual([])
  expect(look(known, 'cab')).toEqual(['created c'])
})

test('gone needs two proved looks that agree', () => {
  const known = new KnownTasks()
  look(known, 'abc')
  expect(look(known, 'ab')).toEqual([])
  expect(known.isInDoubt).toBe(true)
  expect(look(known, 'ab')).toEqual(['gone c'])
  expect(known.isInDoubt).toBe(false)
  expect(look(known, 'ab')).toEqual([])
})

test('a task that is shown again was never gone', () => {
  const known = new KnownTasks()
  look(known, 'abc')
  look(known, 'ab')
  expect(look(known, 'abc')).toEqual([])
  expect(look(known, 'ab')).toEqual([])
  expect(look(known, 'ab')).toEqual(['gone c'])
})

test('a look that is not proved says nothing of what is missing', () => {
  const known = new KnownTasks()
  look(known, 'abc')
  expect(look(known, 'ab', false)).toEqual([])
  expect(look(known, 'ab', false)).toEqual([])
  expect(look(known, 'ab')).toEqual([])
  expect(look(known, 'ab', false)).toEqual([])
  expect(look(known, 'ab')).toEqual(['gone c'])
})

test('a look at some tasks knows no missing and no new ones', () => {
  const known = new KnownTasks()
  look(known, 'abc')
  const events = known.changesInPart([task('b', 'finish'), task('x')])
  expect(told(events)).toEqual(['finished b'])
  known.accept(events)
  expect(known.changesInPart([task('b', 'finish')])).toEqual([])
})

test('whoever applies all events has what the looks show', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')).map((list) => list.join(''))
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, fc.boolean()), { minLength: 1, maxLength: 12 }), ids, (looks, last) => {
      const known = new KnownTasks()
      const [first, ...others] = looks
      look(known, first?.[0] ?? '')
      const held = new Set(first?.[0])
      for (const [shown, isProved] of [...others, [last, true], [last, true]] as const) {
        for (const line of look(known, shown, isProved)) {
          const [event, id = ''] = line.split(' ')
          expect(held.has(id)).toBe(event !== 'created')
          if (event === 'created') held.add(id)
          else held.delete(id)
        }
      }
      expect([...held].toSorted()).toEqual(Array.from(last).toSorted())
    }),
  )
})
