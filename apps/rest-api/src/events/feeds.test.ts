import { DbsError, InputError, NotFoundError } from '@backset/core'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { ListOnPaper, taskOnPaper } from '../../test/list-on-paper.js'
import { settled, SleepingClock } from '../../test/sleeping-clock.js'
import { memoryEvents } from '../adapters/memory/events.js'
import { anonymous } from '../auth/caller.js'
import { EventFeeds, type EventFeedsParts } from './feeds.js'

const second = 1000
const minute = 60 * second
const plan = { region: 'cn-hangzhou', backupPlanId: 'dbs1' }

/** Feeds over a list on paper, polled every 5 s. */
function openFeeds(list: ListOnPaper, more: Partial<EventFeedsParts> = {}) {
  const clock = new SleepingClock()
  const feeds = new EventFeeds({
    events: memoryEvents({ now: clock.now }),
    sightOf: () => list,
    pollIntervalMs: 5 * second,
    isStillGood: () => true,
    clock,
    random: () => 1,
    log: pino({ enabled: false }),
    ...more,
  })
  const follow = async (lastEventId?: string, source: typeof plan = plan) => {
    const leave = new AbortController()
    const following = feeds.follow(source, {
      caller: anonymous,
      wants: () => true,
      lastEventId,
      socketBytes: () => 0,
      cut: () => undefined,
      signal: leave.signal,
    })
    following.catch(() => undefined)
    await settled()
    return { following, leave }
  }
  /** Follows, and gathers what comes. */
  const listen = async (lastEventId?: string) => {
    const { following } = await follow(lastEventId)
    await clock.turn(0)
    const taker = (await following).getReader()
    const heard = { text: '', isOver: false }
    const reading = (async () => {
      for (let piece = await taker.read(); !piece.done; piece = await taker.read()) heard.text += Buffer.from(piece.value).toString()
      heard.isOver = true
    })()
    await settled()
    return {
      heard,
      events: () =>
        [...heard.text.matchAll(/^event: (\w+)\ndata: (?:\{"backupSetDownloadTaskId":"(\w+)")?/gm)].map(([, event, id = '']) =>
          `${event} ${id}`.trim(),
        ),
      lastId: () => [...heard.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1],
      leave: async () => {
        await taker.cancel()
        await reading
      },
    }
  }
  return { clock, feeds, follow, listen }
}

test('all readers hear of a change once', async () => {
  const list = new ListOnPaper('a')
  const { clock, feeds, listen } = openFeeds(list)
  const readers = [await listen(), await listen(), await listen()]
  list.set('a', 'stop')
  await clock.turn(10 * second)
  expect(readers.map(({ events }) => events())).toEqual([['failed a'], ['failed a'], ['failed a']])
  expect(feeds.counts).toMatchObject({ readers: 3, pollers: 1, sent: 3, slowReadersClosed: 0 })
})

test('when the last reader leaves nothing is asked any more', async () => {
  const list = new ListOnPaper('a')
  const { clock, feeds, listen } = openFeeds(list)
  const [one, other] = [await listen(), await listen()]
  list.trouble = 'hang'
  await clock.turn(5 * second)
  await one.leave()
  expect(list.open).toBe(1)
  await other.leave()
  await settled()
  expect(list.open).toBe(0)
  list.takeAsked()
  await clock.turn(minute)
  expect(list.takeAsked()).toEqual([])
  expect(feeds.counts).toMatchObject({ readers: 0, pollers: 0, lagMs: 0 })
})

test('who comes back within ten minutes hears what happened meanwhile', async () => {
  const list = new ListOnPaper('a', 'b')
  const { clock, listen } = openFeeds(list)
  const first = await listen()
  list.set('a', 'stop')
  await clock.turn(5 * second)
  await first.leave()
  list.tasks.push(taskOnPaper('c', 'checking'))
  await clock.turn(9 * minute)
  const again = await listen(first.lastId())
  await clock.turn(5 * second)
  expect(again.events()).toEqual(['created c'])
})

test('who comes back later is told to begin anew', async () => {
  const list = new ListOnPaper('a', 'b')
  const { clock, listen } = openFeeds(list)
  const first = await listen()
  await first.leave()
  list.tasks.push(taskOnPaper('c', 'checking'))
  await clock.turn(11 * minute)
  const again = await listen(first.lastId())
  await clock.turn(5 * second)
  expect(again.events()).toEqual(['reset'])
  expect(clock.sleepers).toBeGreaterThan(0)
})

test('every place in a stream can be come back to', async () => {
  const list = new ListOnPaper('a')
  const { clock, listen } = openFeeds(list)
  const first = await listen()
  for (const status of ['pause', 'running', 'stop', 'running', 'finish']) {
    list.set('a', status)
    await clock.turn(5 * second)
  }
  const all = first.events()
  expect(all).toEqual(['changed a', 'changed a', 'failed a', 'changed a', 'finished a'])
  const ids = [...first.heard.text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)
  for (const [at, id] of ids.entries()) expect((await listen(id)).events()).toEqual(all.slice(at))
})

test('an id nobody gave out is answered with one reset', async () => {
  const list = new ListOnPaper('a')
  const { clock, listen } = openFeeds(list)
  const reader = await listen('1-1')
  list.set('a', 'stop')
  await clock.turn(30 * second)
  expect(reader.events()).toEqual(['reset', 'failed a'])
})

test('trouble is told as a comment and ends nothing', async () => {
  const list = new ListOnPaper('a')
  const { clock, feeds, listen } = openFeeds(list)
  const reader = await listen()
  list.trouble = new DbsError('throttled', 'Slow down.')
  await clock.turn(45 * second)
  expect(reader.heard.text).toContain('\n: DBS cannot be asked now (throttled). What happens meanwhile follows later.\n')
  expect(feeds.counts.lagMs).toBe(45 * second)
  list.trouble = undefined
  list.set('a', 'stop')
  await clock.turn(minute)
  expect(reader.heard.text).toContain('\n: DBS answers again.\n')
  expect(reader.events()).toEqual(['failed a'])
  expect(feeds.counts.lagMs).toBeLessThanOrEqual(5 * second)
})

test('a stream begins though DBS hangs', async () => {
  const list = new ListOnPaper('a')
  list.trouble = 'hang'
  const { clock, follow } = openFeeds(list)
  const { following } = await follow()
  await clock.turn(2 * second)
  expect(await following).toBeInstanceOf(ReadableStream)
})

test.each([new NotFoundError('There is no plan.'), new InputError('No.', { field: 'backupPlanId' })])(
  'a list that is not there is refused at once: %s',
  async (error) => {
    const list = new ListOnPaper()
    list.trouble = error
    const forgotten: string[] = []
    const events = { ...memoryEvents({ now: () => 0 }), forget: (key: string) => void forgotten.push(key) }
    const { feeds, follow } = openFeeds(list, { events })
    await expect((await follow()).following).rejects.toBe(error)
    expect(feeds.counts).toMatchObject({ readers: 0, pollers: 0 })
    expect(forgotten).toHaveLength(1)
  },
)

test('a reader that goes before it began is forgotten', async () => {
  const list = new ListOnPaper('a')
  list.trouble = 'hang'
  const { clock, feeds, follow } = openFeeds(list)
  const { following, leave } = await follow()
  leave.abort()
  await expect(following).rejects.toMatchObject({ code: 'aborted' })
  await settled()
  expect({ open: list.open, ...feeds.counts, sleepers: clock.sleepers }).toMatchObject({ open: 0, readers: 0, sleepers: 0 })
})

test('a reader whose key is revoked is ended within a second', async () => {
  const list = new ListOnPaper('a')
  let isGood = true
  const { clock, feeds, listen } = openFeeds(list, { isStillGood: () => isGood })
  const reader = await listen()
  await clock.turn(10 * second)
  expect(reader.heard.isOver).toBe(false)
  isGood = false
  await clock.turn(second)
  expect(reader.heard.isOver).toBe(true)
  expect(feeds.counts.readers).toBe(0)
})

test('a heartbeat comes every 15 seconds', async () => {
  const { clock, listen } = openFeeds(new ListOnPaper('a'))
  const reader = await listen()
  await clock.turn(46 * second)
  expect(reader.heard.text.match(/^: heartbeat$/gm)).toHaveLength(3)
})

test('a drain ends all streams, stops all pollers and takes nobody', async () => {
  const list = new ListOnPaper('a')
  const { clock, feeds, follow, listen } = openFeeds(list)
  const { following } = await follow(undefined, { ...plan, backupPlanId: 'dbs2' })
  await clock.turn(0)
  await (await following).cancel()
  const readers = [await listen(), await listen()]
  list.trouble = 'hang'
  await clock.turn(5 * second)
  feeds.drain()
  await settled()
  expect(readers.map(({ heard }) => heard.isOver)).toEqual([true, true])
  expect({ open: list.open, sleepers: clock.sleepers }).toEqual({ open: 0, sleepers: 0 })
  await expect((await follow()).following).rejects.toMatchObject({ code: 'stopping' })
})

test('a reader more than the server takes is refused', async () => {
  const { clock, feeds, follow } = openFeeds(new ListOnPaper('a'), { maxReaders: 2 })
  const [one, other] = [await follow(), await follow()]
  await clock.turn(0)
  await expect((await follow()).following).rejects.toMatchObject({ code: 'too-many-readers' })
  await (await one.following).cancel()
  await (
    await follow()
  ).following
  expect(await other.following).toBeInstanceOf(ReadableStream)
  expect(feeds.counts).toMatchObject({ readers: 2, pollers: 1 })
})

test('what a poller that is stopped still sends is not sent again', async () => {
  const list = new ListOnPaper('a')
  const time = new SleepingClock()
  const memory = memoryEvents({ now: time.now })
  const gate = new EventTarget()
  const publish: typeof memory.publish = async (key, events) => {
    const count = await memory.publish(key, events)
    await new Promise((resolve) => gate.addEventListener('open', resolve, { once: true }))
    return count
  }
  const { clock, listen } = openFeeds(list, { events: { ...memory, publish } })
  const first = await listen()
  list.set('a', 'stop')
  await clock.turn(5 * second)
  expect(first.events()).toEqual(['failed a'])
  await first.leave()
  const again = await listen(first.lastId())
  await clock.turn(10 * second)
  gate.dispatchEvent(new Event('open'))
  await clock.turn(10 * second)
  expect(again.events()).toEqual([])
})

test('after a long absence a reader that reads hears of everything', async () => {
  const list = new ListOnPaper('a')
  const { clock, feeds, listen } = openFeeds(list)
  const first = await listen()
  await first.leave()
  const text = 'x'.repeat(5000)
  list.tasks.push(...Array.from({ length: 800 }, (_, at) => ({ ...taskOnPaper(`t${at}`, 'running'), errMessage: text })))
  const again = await listen(first.lastId())
  await clock.turn(5 * second)
  expect(again.events()).toHaveLength(800)
  expect(feeds.counts.slowReadersClosed).toBe(0)
})
