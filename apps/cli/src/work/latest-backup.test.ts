import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { backset, lastJsonLine } from '../../test/backset.js'
import { planOf } from '../../test/tasks-of.js'

interface Front extends AsyncDisposable {
  readonly url: string
}

/** Passes on what the emulator says, with plans that store their backups elsewhere. */
async function withPlans(emulator: Emulator, storage: string): Promise<Front> {
  const server = createServer((asked, response) => {
    const onwards = request(new URL(asked.url ?? '/', emulator.url), { method: asked.method, headers: asked.headers }, async (answer) => {
      response.writeHead(answer.statusCode ?? 500, { 'content-type': 'application/json' })
      response.end((await text(answer)).replaceAll('"BackupStorageType":"system"', storage))
    })
    asked.pipe(onwards)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test.each([
  ['a bucket is named', '"OSSBucketName":"mine"'],
  ['the storage type is empty and a bucket is named', '"BackupStorageType":"","OSSBucketName":"mine"'],
  ['the storage type is another', '"BackupStorageType":"oss"'],
])('a plan with a bucket of its own has nothing to download: %s', async (_how, storage) => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  await using front = await withPlans(emulator, storage)
  const argv = ['create', 'full', '--plan', planOf(emulator), '--latest', '-o', 'json']
  const { exitCode, stdout, stderr } = await backset(argv, emulator, { env: { BACKSET_ENDPOINT: front.url } })
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
  expect(lastJsonLine(stderr)).toMatchObject({ error: { message: expect.stringContaining('in a bucket of your own') as string } })
  expect(emulator.requests.map(({ action }) => action)).toEqual(['DescribeBackupPlanList'])
})

test('a plan that does not say where it stores is asked for its backups', async () => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  await using front = await withPlans(emulator, '"Unsaid":""')
  const argv = ['create', 'full', '--plan', planOf(emulator), '--latest', '-o', 'json']
  expect(await backset(argv, emulator, { env: { BACKSET_ENDPOINT: front.url } })).toMatchObject({ exitCode: 0 })
})
