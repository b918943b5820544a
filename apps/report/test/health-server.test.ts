import { expect, test } from 'vitest'
import { openHealthServer } from '../src/schedule/health-server.js'
import type { ReportStanding } from '../src/schedule/run-board.js'

const open = async (standing: Partial<ReportStanding> = {}, stop = new AbortController().signal, port = 0) =>
  openHealthServer({ host: '127.0.0.1', port, standings: () => [{ report: 'audit', ...standing }], stop })

const asked = async (url: string, method = 'GET') => {
  const answer = await fetch(url, { method })
  return { status: answer.status, body: await answer.text() }
}

test('a run that failed is told, and is no reason to restart', async () => {
  const last = { due: '2026-06-01T06:00:00.000Z', outcome: 'failed' } as const
  await using server = await open({ last })
  const { status, body } = await asked(`${server.url}/readyz?verbose`)
  expect({ status, body: JSON.parse(body) as unknown }).toEqual({
    status: 200,
    body: { status: 'ok', reports: [{ report: 'audit', last }] },
  })
})

test('a ledger that cannot be written is', async () => {
  await using server = await open({ trouble: 'The disk is full.' })
  expect(await asked(`${server.url}/readyz`)).toMatchObject({ status: 503, body: expect.stringContaining('"status":"trouble"') as string })
  expect(await asked(`${server.url}/livez`)).toEqual({ status: 200, body: '{"status":"ok"}\n' })
})

test('who is stopping is not ready', async () => {
  await using server = await open({}, AbortSignal.abort())
  expect(await asked(`${server.url}/readyz`)).toMatchObject({ status: 503, body: expect.stringContaining('"status":"stopping"') as string })
})

test('HEAD has no body', async () => {
  await using server = await open()
  expect(await asked(`${server.url}/livez`, 'HEAD')).toEqual({ status: 200, body: '' })
})

test('a port that is taken is told before anything runs', async () => {
  await using server = await open()
  const second = open({}, undefined, Number(new URL(server.url).port))
  await expect(second).rejects.toMatchObject({
    code: 'invalid-setting',
    message: expect.stringContaining('another program listens there') as string,
  })
})
