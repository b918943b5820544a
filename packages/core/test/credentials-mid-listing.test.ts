import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { DbsClient } from '../src/index.js'

/** A server of the emulator's temporary keys; it counts how often it is asked. */
async function keyServer({ sts }: Emulator) {
  let asked = 0
  const keys = { AccessKeyId: sts.accessKeyId, AccessKeySecret: sts.accessKeySecret, SecurityToken: sts.securityToken }
  const server = createServer((_, response) => {
    asked++
    response.end(JSON.stringify({ ...keys, Expiration: '2099-01-01T00:00:00Z' }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

test('keys that expire in a listing are replaced', async () => {
  await using emulator = await startEmulator({
    plans: 1,
    tasks: 305,
    scenario: { rules: [{ fault: { kind: 'expired-sts' }, nth: [4, 5, 6] }] },
  })
  await using server = await keyServer(emulator)
  await using client = new DbsClient({
    endpoint: emulator.url,
    env: { ALIBABA_CLOUD_CREDENTIALS_URI: server.url },
    homeDir: '/nowhere',
  })
  const [backupPlanId = ''] = emulator.world.planIds
  const listing = client.listDownloadTasks({ backupPlanId, pageSize: 30 })
  const ids: string[] = []
  for await (const { backupSetDownloadTaskId } of listing) ids.push(backupSetDownloadTaskId)
  expect(ids).toEqual(emulator.world.tasksOf(backupPlanId).ids())
  expect(listing.proof?.verdict).toBe('sealed')
  expect(server.asked()).toBeGreaterThanOrEqual(2)
})
