import { expect, test } from 'vitest'
import { startApi } from './api.js'

test('a task is answered by its id, its links masked', async () => {
  await using api = await startApi()
  const planId = api.emulator.world.planIds[0] ?? ''
  const [id = ''] = api.emulator.world.tasksOf(planId).ids()
  const answer = await api.get(`/v1/download-tasks/${id}`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ backupSetDownloadTaskId: id, state: expect.any(String) })
})

test('a task that is not there is a problem', async () => {
  await using api = await startApi()
  const answer = await api.get('/v1/download-tasks/nosuch')
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 })
})

test('a parameter that is not there is named with the nearest', async () => {
  await using api = await startApi()
  const answer = await api.get('/v1/download-tasks/x?regoin=a')
  expect(await answer.json()).toMatchObject({ status: 400, code: 'invalid-input', faults: [{ field: 'regoin' }] })
})
