import type { DownloadTask } from '@backset/core'
import { describe, expect, test } from 'vitest'
import { startWithKey } from './keyed-api.js'

// The emulator's plans of its first seed.
const [own, foreign] = ['dbs9tsyoea1', 'dbs6vnwdl5q']

describe('a key that is bounded to a plan', () => {
  test('sees no other, in any format, by plan, task or cursor', async () => {
    await using api = await startWithKey({ scopes: ['tasks:read'], plans: [own] })
    const [foreignTask = ''] = api.emulator.world.tasksOf(foreign).ids()
    const [ownTask = ''] = api.emulator.world.tasksOf(own).ids()
    const list = '/v1/download-tasks?'
    for (const query of [
      `backupPlanId=${foreign}`,
      `backupPlanId=${foreign}&format=csv`,
      `backupPlanId=${foreign}&format=ndjson&sort=name`,
      `backupPlanId=${foreign}&pageNum=0`,
      `backupSetDownloadTaskId=${foreignTask}`,
      `backupSetDownloadTaskId=${foreignTask}&format=csv`,
      `backupSetDownloadTaskId=${foreignTask}&pageNum=0`,
      `backupSetDownloadTaskId=${foreignTask}&backupPlanId=${own}`,
      `backupPlanId=dbsnosuchplan`,
    ]) {
      const answer = await api.get(list + query)
      expect({ query, status: answer.status }).toEqual({ query, status: 404 })
    }
    for (const query of [`backupPlanId=${own}`, `backupSetDownloadTaskId=${ownTask}`, `backupPlanId=${own}&pageNum=0`]) {
      const { items } = (await (await api.get(list + query)).json()) as { items: DownloadTask[] }
      expect(new Set(items.map(({ backupPlanId }) => backupPlanId))).toEqual(new Set([own]))
    }
    expect((await api.get(`/v1/download-tasks/${foreignTask}`)).status).toBe(404)
    expect((await api.get(`/v1/download-tasks/${ownTask}`)).status).toBe(200)
  })

  test('a key without the scope is refused, known answers included', async () => {
    await using api = await startWithKey({ scopes: ['links:read'] })
    expect((await api.get(`/v1/download-tasks?backupPlanId=${own}`)).status).toBe(403)
    expect(api.emulator.requestCount).toBe(0)
  })
})
