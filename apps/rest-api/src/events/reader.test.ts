import { expect, test } from 'vitest'
import { settled } from '../../test/sleeping-clock.js'
import type { StoredEvent } from '../ports/events.js'
import { commentText, EventText } from './event-text.js'
import { mostQueuedBytes, Reader, type ReaderParts } from './reader.js'

const event = (number: number, name = 'a', padding = 0): StoredEvent => ({
  id: `${number}-0`,
  event: 'changed',
  task: { backupSetDownloadTaskId: name, state: 'active', errMessage: 'x'.repeat(padding) },
})

/** A reader that was not begun yet, and what became of it. */
function openReader({ socketBytes = () => 0, wants = () => true }: Partial<Pick<ReaderParts, 'socketBytes' | 'wants'>> = {}) {
  const fate = { left: [] as string[], cuts: 0 }
  const reader = new Reader(
    { wants, socketBytes, cut: () => void fate.cuts++, onLeave: (why) => void fate.left.push(why) },
    new EventText(),
  )
  const taker = reader.stream.getReader()
  const take = async () => {
    const { done, value } = await taker.read()
    return done ? 'end' : Buffer.from(value).toString()
  }
  return { reader, fate, taker, take }
}
const fresh = async () => ({ id: '5-0', isReset: false, past: [] })

test('a stream opens with the time to come back and an id', async () => {
  const { reader, take } = openReader()
  await reader.begin(fresh)
  expect(await take()).toMatch(/^: .+\nretry: 3000\nid: 5-0\n\n$/)
})

test('an event is its id, its name and one line of JSON', async () => {
  const { reader, take } = openReader()
  await reader.begin(fresh)
  await take()
  const { task } = event(7)
  reader.send({ ...event(7), task: { ...task, errMessage: 'two\nlines', backupSetDataSize: '9007199254740993' } })
  expect(await take()).toBe(
    'id: 7-0\nevent: changed\ndata: {"backupSetDownloadTaskId":"a","state":"active","errMessage":"two\\nlines","backupSetDataSize":9007199254740993}\n\n',
  )
})

test('what comes while the past is looked up is sent once', async () => {
  const { reader, take } = openReader()
  reader.send(event(5))
  const begun = reader.begin(async () => {
    reader.send(event(7))
    reader.send(event(8))
    return { id: '5-0', isReset: false, past: [event(6), event(7)] }
  })
  expect(await begun).toBe(3)
  const ids = [await take(), await take(), await take(), await take()].map((text) => /^id: (.*)$/m.exec(text)?.[1])
  expect(ids).toEqual(['5-0', '6-0', '7-0', '8-0'])
})

test('a reader that waits is given an event at once', async () => {
  const { reader, take } = openReader()
  await reader.begin(fresh)
  await take()
  const waiting = take()
  await settled()
  reader.send(event(6))
  expect(await waiting).toContain('id: 6-0')
})

test('one that does not read is cut off at 1 MiB', async () => {
  const { reader, fate } = openReader()
  await reader.begin(fresh)
  let sent = 0
  while (reader.send(event(++sent + 5, 'a', 10_000)));
  expect(fate).toEqual({ left: ['slow'], cuts: 1 })
  expect(sent).toBe(Math.floor(mostQueuedBytes / 10_100) + 1)
  expect(reader.queuedBytes).toBe(0)
})

test('bytes in its connection count', async () => {
  let inSocket = 0
  const { reader, fate } = openReader({ socketBytes: () => inSocket })
  await reader.begin(fresh)
  reader.send(event(6))
  inSocket = mostQueuedBytes
  expect(reader.send(event(7))).toBe(false)
  expect(fate.left).toEqual(['slow'])
})

test('a past of more than 1 MiB is no reason to cut', async () => {
  const { reader, fate, take } = openReader()
  const past = Array.from({ length: 200 }, (_, at) => event(at + 6, 'a', 10_000))
  await reader.begin(async () => ({ id: '5-0', isReset: false, past }))
  reader.send(event(300))
  expect(fate.cuts).toBe(0)
  let last = ''
  for (let at = 0; at < 202; at++) last = await take()
  expect(last).toContain('id: 300-0')
})

test('an end comes after what is queued', async () => {
  const { reader, fate, take } = openReader()
  await reader.begin(fresh)
  reader.send(event(6))
  reader.end()
  expect(reader.send(event(7))).toBe(false)
  expect([await take(), await take(), await take()].map((text) => /id: .*|end/.exec(text)?.[0])).toEqual(['id: 5-0', 'id: 6-0', 'end'])
  expect(fate.left).toEqual(['left'])
})

test('a reader that goes is told of once', async () => {
  const { reader, fate, taker } = openReader()
  await reader.begin(fresh)
  await taker.cancel()
  reader.leave()
  reader.end()
  expect(fate).toEqual({ left: ['left'], cuts: 0 })
})

test('who is spared events comes on all the same', async () => {
  const { reader, take } = openReader({ wants: ({ task }) => task.backupSetDownloadTaskId === 'mine' })
  await reader.begin(fresh)
  await take()
  reader.send(event(6, 'other'))
  reader.send(event(7, 'other'))
  reader.say(commentText('heartbeat'))
  expect([await take(), await take()]).toEqual([': heartbeat\n\n', 'id: 7-0\n\n'])
  reader.say(commentText('heartbeat'))
  reader.send(event(8, 'mine'))
  expect([await take(), (await take()).slice(0, 7)]).toEqual([': heartbeat\n\n', 'id: 8-0'])
})

test('words do not pile up for one that lags', async () => {
  const { reader } = openReader()
  await reader.begin(fresh)
  const before = reader.queuedBytes
  reader.say(commentText('heartbeat'))
  expect(reader.queuedBytes).toBe(before)
})
