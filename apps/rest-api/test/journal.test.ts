import { expect, test } from 'vitest'
import { type Api, startApi } from './api.js'

/** The log line of a request, once it is written: an answer may be read before its end is noted. */
async function lineOf(api: Api, requestId: string) {
  for (;;) {
    const line = api.logs.find((one) => one['requestId'] === requestId && one['msg'] === 'answered')
    if (line !== undefined) return line
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const firstTask = ({ emulator: { world } }: Api) => world.tasksOf(world.planIds[0] ?? '').ids()[0] ?? ''

test('a request is one line, by its route', async () => {
  await using api = await startApi()
  const id = firstTask(api)
  await api.get(`/v1/download-tasks/${id}?region=`, { headers: { 'x-request-id': 'bad' } })
  await api.get(`/v1/download-tasks/${id}`, {
    headers: { 'x-request-id': 'good', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
  })
  expect(await lineOf(api, 'good')).toMatchObject({
    method: 'GET',
    route: '/v1/download-tasks/{taskId}',
    status: 200,
    durationMs: expect.any(Number),
    bytes: expect.any(Number),
    caller: 'anonymous',
    traceId: 'a'.repeat(32),
    parentId: 'b'.repeat(16),
  })
  expect(await lineOf(api, 'bad')).toMatchObject({ status: 400, code: 'invalid-input' })
  expect(JSON.stringify(api.logs)).not.toContain(id)
})

test('the events of a plan are a route of their own', async () => {
  await using api = await startApi()
  const stop = new AbortController()
  const path = `/v1/download-tasks/events?backupPlanId=${api.emulator.world.planIds[0] ?? ''}`
  const answer = await api.get(path, { headers: { 'x-request-id': 'events' }, signal: stop.signal })
  expect(answer.status).toBe(200)
  stop.abort()
  expect(await lineOf(api, 'events')).toMatchObject({ route: '/v1/download-tasks/events' })
})

test('a path without a route is logged without it', async () => {
  await using api = await startApi()
  await api.get('/etc/passwd?token=canary', { headers: { 'x-request-id': 'odd', authorization: 'Bearer canary', cookie: 'a=canary' } })
  expect(await lineOf(api, 'odd')).toMatchObject({ route: 'unmatched', status: 404, code: 'not-found' })
  expect(JSON.stringify(api.logs)).not.toMatch(/canary|passwd/)
})

test('with debug the attempts to ask DBS are logged, without secrets', async () => {
  await using api = await startApi({ debug: true })
  await api.get(`/v1/download-tasks/${firstTask(api)}`)
  const asked = api.logs.find(({ msg }) => msg === 'asked DBS')
  expect(asked).toMatchObject({ action: 'DescribeBackupSetDownloadTaskList', attempt: 1 })
  expect(api.logs).toContainEqual(expect.objectContaining({ msg: 'DBS answered', httpStatus: 200 }))
  expect(JSON.stringify(api.logs)).not.toContain(api.emulator.accessKeySecret)
  expect(JSON.stringify(api.logs)).not.toMatch(/Signature=[0-9a-f]{8}/)
})

test('metrics tell of requests by route, never by path', async () => {
  await using api = await startApi()
  const id = firstTask(api)
  for (const path of [`/v1/download-tasks/${id}`, `/v1/download-tasks/${id}`, '/x1', '/x2']) await (await api.get(path)).text()
  const answer = await api.get('/metrics')
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  expect(text).toContain('backset_http_requests_total{method="GET",route="/v1/download-tasks/{taskId}",status="200"} 2')
  expect(text).toContain('backset_http_requests_total{method="GET",route="unmatched",status="404"} 2')
  expect(text).toContain('backset_snapshot_readings_total{freshness="hit"} 1')
  expect(text).toContain('backset_snapshot_readings_total{freshness="miss"} 1')
  expect(text).toMatch(/backset_upstream_attempts_total\{action="DescribeBackupSetDownloadTaskList"\} [1-9]/)
  expect(text).not.toMatch(new RegExp(`${id}|/x1`))
})

test('throttles and retries of DBS are counted', async () => {
  await using api = await startApi({}, { scenario: { rules: [{ times: 2, fault: { kind: 'throttle', hint: 'acs', waitMs: 1 } }] } })
  await (await api.get(`/v1/download-tasks/${firstTask(api)}`)).text()
  const text = await (await api.get('/metrics')).text()
  expect(text).toMatch(/backset_upstream_throttles_total\{action="\w+"\} 2/)
  expect(text).toMatch(/backset_upstream_retries_total\{action="\w+"\} 2/)
  expect(text).toMatch(/backset_upstream_failures_total\{action="\w+",code="throttled"\} 2/)
})
