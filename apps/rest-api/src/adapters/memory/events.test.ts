import type { TaskEvent } from '@backset/core'
import { describe, expect, test } from 'vitest'
import type { Events, StoredEvent } from '../../ports/events.js'
import { memoryEvents } from './events.js'

const created = (id: string): TaskEvent => ({ event: 'created', task: { backupSetDownloadTaskId: id, state: 'active' } })
const idsOf = (replayed: readonly StoredEvent[] | 'reset') =>
  replayed === 'reset' ? replayed : replayed.map(({ task }) => task.backupSetDownloadTaskId)

// What every adapter of the port promises.
const adapters: readonly { readonly name: string; readonly open: () => Events }[] = [
  { name: 'memory', open: () => memoryEvents({ now: () => 1_767_225_600_000, keep: 3 }) },
]

describe.each(adapters)('events in $name', ({ open }) => {
  test('are told in their order, with rising ids', async () => {
    const events = open()
    const told: StoredEvent[] = []
    events.subscribe('a', (event) => told.push(event))
    expect(await events.publish('a', [created('1'), created('2')])).toBe(2)
    expect(idsOf(told)).toEqual(['1', '2'])
    expect(told.map(({ id }) => id)).toEqual([expect.stringMatching(/^\d+-\d+$/), await events.latestId('a')])
  })

  test('are replayed after an id, also the one right before the oldest', async () => {
    const events = open()
    const begin = await events.latestId('a')
    await events.publish('a', ['1', '2', '3'].map(created))
    expect(idsOf(await events.replay('a', begin))).toEqual(['1', '2', '3'])
    const last = await events.latestId('a')
    await events.publish('a', [created('4')])
    expect(idsOf(await events.replay('a', last))).toEqual(['4'])
    expect(await events.replay('a', begin)).toBe('reset')
  })

  test('of one list are not those of another', async () => {
    const events = open()
    await events.publish('a', [created('1')])
    const id = await events.latestId('a')
    await events.publish('b', [created('2')])
    expect(await events.replay('b', id)).toBe('reset')
    expect(idsOf(await events.replay('a', id))).toEqual([])
  })

  test('are not told after the subscription has ended', async () => {
    const events = open()
    const told: StoredEvent[] = []
    events.subscribe('a', (event) => told.push(event))[Symbol.dispose]()
    await events.publish('a', [created('1')])
    expect(told).toEqual([])
  })

  test('are gone with a list that is forgotten', async () => {
    const events = open()
    const begin = await events.latestId('a')
    await events.publish('a', [created('1')])
    events.forget('a')
    expect(await events.replay('a', begin)).toBe('reset')
  })
})
