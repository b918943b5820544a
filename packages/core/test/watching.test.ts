import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { DbsClient } from '../src/client.js'
import { KnownTasks } from '../src/watching/known-tasks.js'
import { planSight } from '../src/watching/plan-sight.js'
import { Poller } from '../src/watching/poller.js'

const idOf = (row: Readonly<Record<string, unknown>>) => String(row['BackupSetDownloadTaskId'])

test('a poller tells what happens to the tasks of a plan', async () => {
  await using emulator = await startEmulator({ tasks: 250, plans: 1 })
  const { url: endpoint, accessKeyId, accessKeySecret, world } = emulator
  await using client = new DbsClient({ endpoint, credentials: { accessKeyId, accessKeySecret } })
  const [planId = ''] = world.planIds
  const list = world.tasksOf(planId)
  const fresh = world.newTask(planId)
  const id = idOf(fresh)
  const removed: string[] = []
  const steps = [
    () => list.insert(0, fresh),
    () => list.change(list.indexOf(id), { BackupSetDownloadStatus: 'running' }),
    () => list.change(list.indexOf(id), { BackupSetDownloadStatus: 'finish' }),
    () => void removed.push(...list.remove(120).map(idOf)),
    () => undefined,
  ]
  const told: string[] = []
  const stop = new AbortController()
  await new Poller({
    sight: planSight(client, planId),
    known: new KnownTasks(),
    publish: async (events) => void told.push(...events.map(({ event, task }) => `${event} ${task.backupSetDownloadTaskId}`)),
    onLook(failure) {
      if (failure !== undefined) told.push(failure.message)
      const step = steps.shift()
      if (step === undefined) stop.abort()
      else step()
    },
    intervalMs: 0,
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => undefined },
    random: () => 0,
  }).run(stop.signal)
  expect(told).toEqual([`created ${id}`, `changed ${id}`, `finished ${id}`, `gone ${removed[0]}`])
})

test('a task that is not there is seen as none, another failure is told', async () => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  const { url: endpoint, accessKeyId, accessKeySecret, world } = emulator
  await using client = new DbsClient({ endpoint, credentials: { accessKeyId, accessKeySecret } })
  const { signal } = new AbortController()
  expect(await planSight(client, world.planIds[0] ?? '').task('nobody', signal)).toBeUndefined()
  await using stranger = new DbsClient({ endpoint, credentials: { accessKeyId, accessKeySecret: 'wrong' } })
  await expect(planSight(stranger, world.planIds[0] ?? '').task('nobody', signal)).rejects.toMatchObject({ code: 'signature-mismatch' })
})
