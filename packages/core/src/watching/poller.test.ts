import { expect, test } from 'vitest'
import { ListOnPaper, taskOnPaper } from '../../test/list-on-paper.js'
import { turnedClock } from '../../test/turned-clock.js'
import type { TaskEvent } from '../changes/changes.js'
import { DbsError } from '../errors/dbs-error.js'
import { KnownTasks } from './known-tasks.js'
import { Poller } from './poller.js'

const second = 1000
const many = (count: number, status?: string) => Array.from({ length: count }, (_, at) => taskOnPaper(`t${at}`, status))

/** A poller that looks every second. */
function startPoller(list: ListOnPaper) {
  const clock = turnedClock()
  const told: string[] = []
  const failures: (Error | undefined)[] = []
  const stop = new AbortController()
  const poller = new Poller({
    sight: list,
    known: new KnownTasks(),
    publish: async (events: readonly TaskEvent[]) =>
      void told.push(...events.map(({ event, task }) => `${event} ${task.backupSetDownloadTaskId}`)),
    onLook: (failure) => failures.push(failure),
    intervalMs: second,
    clock,
    random: () => 1,
  })
  const ended = poller.run(stop.signal)
  return { clock, told, failures, stop, ended }
}

test('a quiet list is looked at by its ends', async () => {
  const list = new ListOnPaper('a', 'b', 'c', 'd', 'e')
  const { clock, told } = startPoller(list)
  await clock.turn(0)
  expect(list.takeAsked()).toEqual(['page 0', 'page 2', 'whole'])
  await clock.turn(second)
  expect(list.takeAsked()).toEqual(['page 0', 'page 2'])
  await clock.turn(300 * second)
  expect(list.takeAsked().filter((question) => question === 'whole')).toHaveLength(1)
  expect(told).toEqual([])
})

test('tasks at work are asked for by their ids', async () => {
  const list = new ListOnPaper('a', 'b', 'c', 'd', 'e')
  list.set('c', 'running')
  const { clock, told } = startPoller(list)
  await clock.turn(0)
  list.takeAsked()
  list.set('c', 'finish')
  await clock.turn(second)
  expect(list.takeAsked()).toEqual(['page 0', 'page 2', 'task c'])
  expect(told).toEqual(['finished c'])
  await clock.turn(second)
  expect(list.takeAsked()).toEqual(['page 0', 'page 2'])
})

test('a task that the ends show is not asked for again', async () => {
  const list = new ListOnPaper('a', 'b', 'c')
  list.set('a', 'running')
  const { clock, told } = startPoller(list)
  await clock.turn(0)
  list.takeAsked()
  list.set('a', 'stop')
  await clock.turn(second)
  expect(list.takeAsked()).toEqual(['page 0', 'page 1'])
  expect(told).toEqual(['failed a'])
})

test('when many tasks are at work the whole list is read', async () => {
  const list = new ListOnPaper()
  list.tasks = many(16, 'running')
  const { clock } = startPoller(list)
  await clock.turn(0)
  list.takeAsked()
  await clock.turn(second)
  expect(list.takeAsked()).toEqual(['page 0', 'page 7', 'whole'])
})

test('suspended tasks are asked for as far as few allow', async () => {
  const list = new ListOnPaper()
  list.tasks = many(16, 'pause')
  const { clock } = startPoller(list)
  await clock.turn(0)
  list.takeAsked()
  await clock.turn(second)
  expect(list.takeAsked().filter((question) => question.startsWith('task'))).toHaveLength(10)
})

test('an end that changed has the whole list read', async () => {
  const list = new ListOnPaper('a', 'b', 'c')
  const { clock, told } = startPoller(list)
  await clock.turn(0)
  list.takeAsked()
  list.tasks = [taskOnPaper('x', 'checking'), ...list.tasks]
  await clock.turn(second)
  expect(list.takeAsked()).toEqual(['page 0', 'page 1', 'whole'])
  expect(told).toEqual(['created x'])
})

test('what may be gone is looked for again at the next look', async () => {
  const list = new ListOnPaper('a', 'b', 'c', 'd', 'e')
  const { clock, told } = startPoller(list)
  await clock.turn(0)
  list.tasks.splice(2, 1)
  await clock.turn(second)
  expect(told).toEqual([])
  await clock.turn(second)
  expect(told).toEqual(['gone c'])
})

test('a task missing by its id is not gone', async () => {
  const list = new ListOnPaper('a', 'b', 'c', 'd', 'e')
  list.set('c', 'running')
  const { clock, told } = startPoller(list)
  await clock.turn(0)
  const { task } = list
  Object.assign(list, { task: async () => undefined })
  await clock.turn(3 * second)
  Object.assign(list, { task })
  list.set('c', 'finish')
  await clock.turn(second)
  expect(told).toEqual(['finished c'])
})

test('a look that fails is followed by longer and longer pauses', async () => {
  const list = new ListOnPaper('a')
  const { clock, told, failures } = startPoller(list)
  await clock.turn(0)
  list.takeAsked()
  list.trouble = new DbsError('throttled', 'Slow down.')
  await clock.turn(second)
  const at: number[] = []
  for (let elapsed = 0; elapsed < 300; elapsed++) {
    if (list.takeAsked().length > 0) at.push(elapsed)
    await clock.turn(second)
  }
  expect(at).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242])
  list.trouble = undefined
  list.set('a', 'stop')
  await clock.turn(60 * second)
  expect(told).toEqual(['failed a'])
  expect(failures.filter((failure) => failure !== undefined)).toHaveLength(9)
  expect(failures.at(-1)).toBeUndefined()
})

test('a poller that is stopped ends its questions and tells nothing more', async () => {
  const list = new ListOnPaper('a')
  const { clock, told, failures, stop, ended } = startPoller(list)
  await clock.turn(0)
  list.trouble = 'hang'
  await clock.turn(second)
  expect(list.open).toBe(1)
  stop.abort()
  await ended
  expect({ open: list.open, told, failures, sleepers: clock.sleepers() }).toEqual({ open: 0, told: [], failures: [undefined], sleepers: 0 })
})
