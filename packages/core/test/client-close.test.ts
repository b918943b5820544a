import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { DbsClient, describeRegions, type DbsError } from '../src/index.js'
import { scriptedDispatcher, type Scripted } from './scripted-dispatcher.js'
import { turnedClock } from './turned-clock.js'

const closed = { code: 'aborted', message: 'The client is closed.', retryable: false }

const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' }

test('a client that is closed sends nothing, and says so', async () => {
  const { dispatcher, sent } = scriptedDispatcher({})
  for (const own of [{}, { dispatcher }]) {
    const client = new DbsClient({ endpoint: 'http://127.0.0.1:1', credentials, env: {}, ...own })
    const begun = client.listDownloadTasks({ backupPlanId: 'dbs1' })
    await client.close()
    await client.close()
    await expect(client.call('DescribeRegions')).rejects.toMatchObject({ ...closed, attempts: undefined })
    await expect(client.send(describeRegions, {})).rejects.toMatchObject(closed)
    await expect(client.getDownloadTask('urx1')).rejects.toMatchObject(closed)
    await expect(client.waitForDownloadTask('urx1')).rejects.toMatchObject(closed)
    await expect(client.waitForDownloadTasks(['urx1', 'urx2'])).rejects.toMatchObject(closed)
    await expect(begun.pages().next()).rejects.toMatchObject(closed)
  }
  expect(sent).toEqual([])
})

test('a listing ends when its client is closed', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3000, latencyMs: 5 })
  const { url: endpoint, accessKeyId, accessKeySecret } = emulator
  const client = new DbsClient({ endpoint, credentials: { accessKeyId, accessKeySecret }, env: {} })
  const listing = client.listDownloadTasks({ backupPlanId: emulator.world.planIds[0] ?? '', pageSize: 30 })
  let rows = 0
  const read = async (): Promise<void> => {
    for await (const { items } of listing.pages()) {
      rows += items.length
      if (rows === 60) void client.close()
    }
  }
  await expect(read()).rejects.toMatchObject(closed)
  expect(rows).toBeLessThan(3000)
  expect(listing.proof).toMatchObject({ verdict: 'partial', rows })
})

test('who waits for a task hears that the client is closed', async () => {
  const clock = turnedClock()
  const { dispatcher } = scriptedDispatcher({ body: { Success: true, Items: [{ BackupSetDownloadTaskId: 'urx1' }] } })
  const client = new DbsClient({ endpoint: 'https://dbs.example', credentials, env: {}, dispatcher, clock })
  const wait = client.waitForDownloadTask('urx1', { onPoll: () => void client.close() })
  await expect(clock.turnUntil(wait)).rejects.toMatchObject(closed)
  expect(clock.monotonic()).toBe(0)
})

const firstPage = (plan: string): Scripted => ({
  body: { Success: true, TotalElements: 90, Items: Array.from({ length: 30 }, (_, at) => ({ BackupSetDownloadTaskId: `${plan}-${at}` })) },
})

test.each(['close', 'timeout'] as const)('a %s ends each listing with its own cursor', async (end) => {
  const clock = turnedClock()
  const { dispatcher } = scriptedDispatcher(firstPage('a'), firstPage('b'), 'silence')
  await using client = new DbsClient({ endpoint: 'https://dbs.example', credentials, env: {}, dispatcher, clock, timeout: '1s' })
  const listings = ['a', 'b'].map((backupPlanId) => client.listDownloadTasks({ backupPlanId, pageSize: 30 }))
  const readers = listings.map((listing) => listing.pages())
  for (const reader of readers) await reader.next()
  const ends = readers.map((reader) => reader.next().catch((error: unknown) => error as DbsError))
  if (end === 'close') await client.close()
  else await clock.turn(1000)
  const errors = await Promise.all(ends)
  const code = end === 'close' ? 'aborted' : 'timed-out'
  expect(errors).toMatchObject(listings.map(({ cursor }) => ({ code, cursor })))
  expect(new Set(listings.map(({ cursor }) => cursor)).size).toBe(2)
})
