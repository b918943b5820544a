import { expect, test } from 'vitest'
import { DbsError, type DownloadTask, stateOf, waitForTasks, type WaitForTaskOptions, type WaitTimeoutError } from '../src/index.js'
import { waitForTask } from '../src/waiting/wait-for-task.js'
import { turnedClock } from './turned-clock.js'

const taskOf = (id: string, status: string, errMessage?: string): DownloadTask => ({
  backupSetDownloadTaskId: id,
  backupSetDownloadStatus: status,
  state: stateOf(status),
  ...(errMessage !== undefined && { errMessage }),
})

type Look = string | DownloadTask | Error | undefined

/** A task that shows these statuses one after another, and stays at the last; when it was looked at, in seconds. */
function watched(looks: readonly Look[], { random = 0.5 } = {}) {
  const clock = turnedClock()
  const polls: number[] = []
  const parts = {
    clock,
    random: () => random,
    async getTask(id: string): Promise<DownloadTask | undefined> {
      const look = looks[Math.min(polls.length, looks.length - 1)]
      polls.push(clock.monotonic() / 1000)
      if (look instanceof Error) throw look
      return typeof look === 'string' ? taskOf(id, look) : look
    },
  }
  const wait = (options: WaitForTaskOptions = {}): Promise<DownloadTask> => clock.turnUntil(waitForTask(parts, 'urx1', options))
  return { clock, polls, parts, wait }
}

test('a task that has ended costs one poll', async () => {
  const { wait, polls } = watched(['finish'])
  expect(await wait()).toEqual(taskOf('urx1', 'finish'))
  expect(polls).toEqual([0])
})

test('pauses grow by half from 2 s to 30 s', async () => {
  const { wait, polls } = watched([...Array<string>(10).fill('running'), 'finish'])
  await wait()
  const pauses = polls.slice(1).map((at, before) => at - (polls[before] ?? 0))
  expect(pauses.map((pause) => Number(pause.toFixed(2)))).toEqual([2, 3, 4.5, 6.75, 10.13, 15.19, 22.78, 30, 30, 30])
})

test('an interval is kept, a tenth up or down', async () => {
  const early = watched(['running', 'running', 'finish'], { random: 0 })
  await early.wait({ interval: '10s' })
  const late = watched(['running', 'running', 'finish'], { random: 1 })
  await late.wait({ interval: '10s' })
  expect([early.polls, late.polls]).toEqual([
    [0, 9, 18],
    [0, 11, 22],
  ])
})

test('a waypoint is reached when it is passed', async () => {
  const { wait, polls } = watched(['checking', 'check_pass', 'finish'])
  expect(await wait({ until: 'schedule' })).toMatchObject({ backupSetDownloadStatus: 'finish' })
  expect(polls).toHaveLength(3)
})

test.each(['stop', 'init'])('%s fails at once, with the reason', async (status) => {
  const task = taskOf('urx1', status, 'No space left.')
  const { wait, polls } = watched(['running', task])
  await expect(wait()).rejects.toMatchObject({ code: 'task-failed', message: expect.stringContaining('No space left.'), task })
  expect(polls).toHaveLength(2)
})

test('a pause and an unknown word are waited out', async () => {
  const { wait } = watched(['pause', 'dancing', 'finish'])
  expect(await wait()).toMatchObject({ backupSetDownloadStatus: 'finish' })
})

test('the last poll falls on the deadline', async () => {
  const { wait, polls } = watched(['running'])
  await expect(wait({ timeout: '25s', interval: '10s' })).rejects.toMatchObject({ code: 'timed-out' })
  expect(polls).toEqual([0, 10, 20, 25])
})

test('what comes at the deadline is in time', async () => {
  const { wait } = watched(['running', 'running', 'finish'])
  expect(await wait({ timeout: '11s', interval: '10s' })).toMatchObject({ state: 'done' })
})

test('a time-out says how often it saw what', async () => {
  const { wait } = watched([undefined, 'checking', 'running'])
  const error = (await wait({ timeout: '35s', interval: '10s' }).catch((caught: unknown) => caught)) as WaitTimeoutError
  expect(error.message).toBe('Task urx1 did not reach finish within 35 s; seen: missing once, checking once, running 3 times.')
  expect(error.seen).toEqual({ missing: 1, checking: 1, running: 3 })
  expect(error.task).toMatchObject({ backupSetDownloadStatus: 'running' })
})

test('a new task may be missing for 60 s', async () => {
  const { wait, polls } = watched([...Array<undefined>(6).fill(undefined), 'finish'])
  expect(await wait({ interval: '10s' })).toMatchObject({ state: 'done' })
  expect(polls.at(-1)).toBe(60)
})

test('a task missing for 60 s is not there', async () => {
  const { wait, polls } = watched([undefined])
  await expect(wait({ interval: '45s' })).rejects.toMatchObject({ code: 'not-found' })
  expect(polls).toEqual([0, 45, 60])
})

test('a shorter timeout ends the missing too', async () => {
  const { wait, polls } = watched([undefined])
  await expect(wait({ timeout: '5s' })).rejects.toMatchObject({ code: 'not-found' })
  expect(polls.at(-1)).toBe(5)
})

test('a task that vanishes is waited for, then timed out', async () => {
  const { wait } = watched(['running', undefined])
  await expect(wait({ timeout: '3m' })).rejects.toMatchObject({ code: 'timed-out', seen: { running: 1 } })
})

test('a missing permission ends the waiting at once', async () => {
  const { wait, polls } = watched([new DbsError('no-permission', 'No.')])
  await expect(wait()).rejects.toMatchObject({ code: 'no-permission' })
  expect(polls).toEqual([0])
})

test('every poll is told', async () => {
  const told: (string | undefined)[] = []
  const { wait } = watched([undefined, 'running', 'finish'])
  await wait({ onPoll: (task) => told.push(task?.backupSetDownloadStatus) })
  expect(told).toEqual([undefined, 'running', 'finish'])
})

test('an aborted signal ends the pause', async () => {
  const { parts, clock } = watched(['running'])
  const stop = new AbortController()
  const waiting = waitForTask(parts, 'urx1', { signal: stop.signal })
  await clock.turn(1)
  stop.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
  expect(clock.sleepers()).toBe(0)
})

test.each([{ timeout: 'soon' }, { interval: -1 }])('%j is refused before any poll', async (options) => {
  const { wait, polls } = watched(['finish'])
  await expect(wait(options)).rejects.toMatchObject({ code: 'invalid-input' })
  expect(polls).toEqual([])
})

test('several tasks are waited for, each to its end', async () => {
  const clock = turnedClock()
  const ends: Record<string, DownloadTask | undefined> = { a: taskOf('a', 'finish'), b: taskOf('b', 'stop'), c: taskOf('c', 'running') }
  const parts = { clock, random: () => 0.5, getTask: async (id: string) => ends[id] }
  const waited = await clock.turnUntil(waitForTasks(parts, ['c', 'b', 'a', 'd', 'a'], { timeout: '90s' }))
  expect(waited.map(({ taskId, task, error }) => [taskId, task?.backupSetDownloadStatus, error?.code])).toEqual([
    ['c', 'running', 'timed-out'],
    ['b', 'stop', 'task-failed'],
    ['a', 'finish', undefined],
    ['d', undefined, 'not-found'],
  ])
})

test('what concerns all tasks ends them all', async () => {
  const clock = turnedClock()
  const getTask = async (id: string): Promise<DownloadTask> => {
    if (id === 'b' && clock.monotonic() > 0) throw new DbsError('no-permission', 'No.')
    return taskOf(id, 'running')
  }
  await expect(clock.turnUntil(waitForTasks({ clock, random: () => 0.5, getTask }, ['a', 'b', 'c']))).rejects.toMatchObject({
    code: 'no-permission',
  })
  await clock.turn(0)
  expect(clock.sleepers()).toBe(0)
})

test('a host that falls silent holds nobody beyond the time', async () => {
  const { clock, parts } = watched(['running'])
  let looks = 0
  const silent = {
    ...parts,
    getTask: (id: string, signal: AbortSignal): Promise<DownloadTask | undefined> =>
      looks++ === 0 ? parts.getTask(id) : clock.sleep(10 ** 9, signal).then(() => undefined),
  }
  const waiting = waitForTask(silent, 'urx1', { timeout: '5s' })
  await expect(clock.turnUntil(waiting)).rejects.toMatchObject({ code: 'timed-out', task: taskOf('urx1', 'running'), seen: { running: 1 } })
  expect(clock.monotonic()).toBe(6000)
})
