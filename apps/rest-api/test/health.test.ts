import { expect, test } from 'vitest'
import { startApi } from './api.js'

const checksOf = async (answer: Response) => ((await answer.json()) as { checks: { check: string; ok: boolean; detail: string }[] }).checks

test('a server that DBS answers is live and ready', async () => {
  await using api = await startApi()
  expect(await (await api.get('/livez')).json()).toMatchObject({ status: 'live' })
  const ready = await api.get('/readyz')
  expect(ready.status).toBe(200)
  expect(await checksOf(ready)).toEqual([
    { check: 'server', ok: true, detail: 'It takes requests.' },
    { check: 'credentials', ok: true, detail: 'DBS takes the keys.' },
    { check: 'permission', ok: true, detail: 'The keys may list download tasks.' },
    { check: 'upstream', ok: true, detail: 'DBS answers.' },
  ])
})

test('however often it is asked, DBS is asked once', async () => {
  await using api = await startApi()
  await Promise.all(Array.from({ length: 20 }, () => api.get('/readyz')))
  await api.get('/readyz')
  expect(api.emulator.requestCount).toBe(1)
})

test('a server whose keys DBS refuses is not ready, and live', async () => {
  await using api = await startApi(
    { 'max-attempts': '1' },
    { scenario: { rules: [{ fault: { kind: 'refuse', code: 'InvalidAccessKeyId.NotFound', status: 404 } }] } },
  )
  const answer = await api.get('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({
    code: 'not-ready',
    checks: expect.arrayContaining([{ check: 'credentials', ok: false, detail: 'The last answer was credentials-refused.' }]),
  })
  expect((await api.get('/livez')).status).toBe(200)
})

test('an outage shows until a request is answered again', async () => {
  await using api = await startApi({ 'max-attempts': '1' })
  const task = api.emulator.world.tasksOf(api.emulator.world.planIds[0] ?? '').ids()[0] ?? ''
  api.emulator.play({ rules: [{ fault: { kind: 'unavailable' } }] })
  expect((await api.get('/readyz')).status).toBe(503)
  api.emulator.play({ rules: [] })
  expect((await api.get('/readyz')).status).toBe(503)
  await api.get(`/v1/download-tasks/${task}`)
  expect((await api.get('/readyz')).status).toBe(200)
})

test('a question that DBS refuses is an answer', async () => {
  await using api = await startApi({}, { scenario: { rules: [{ fault: { kind: 'refuse', code: 'InvalidParameter', status: 400 } }] } })
  expect(await (await api.get('/readyz')).json()).toMatchObject({ status: 'ready' })
})

test('a server whose keys may not list tasks is not ready; that they may not list plans is no matter', async () => {
  const fault = { kind: 'refuse', code: 'Forbidden.RAM', status: 403 } as const
  await using api = await startApi({}, { scenario: { rules: [{ action: 'DescribeBackupPlanList', fault }] } })
  expect((await api.get('/v1/backup-plans')).status).toBe(502)
  const [planId = ''] = api.emulator.world.planIds
  await api.get(`/v1/summary?backupPlanId=${planId}`)
  expect(await (await api.get('/readyz')).json()).toMatchObject({ status: 'ready' })
  api.emulator.play({ rules: [{ fault }] })
  await api.get(`/v1/download-tasks/urxnew`)
  const answer = await api.get('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ code: 'not-ready', detail: 'The keys may not list download tasks (no-permission).' })
})

test('a throttle degrades a server, and does not take it away', async () => {
  await using api = await startApi({ 'max-attempts': '1' })
  await api.get('/readyz')
  api.emulator.play({ rules: [{ fault: { kind: 'throttle' } }] })
  await api.get('/v1/download-tasks/urxnew')
  const answer = await api.get('/readyz')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    status: 'degraded',
    checks: expect.arrayContaining([{ check: 'upstream', ok: true, degraded: true, detail: 'DBS has not answered for 0 s (throttled).' }]),
  })
})
