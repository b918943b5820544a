import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { startApi } from './api.js'

/** How long the trouble lasts. BACKSET_TROUBLE_MS=60000 plays it in full. */
const troubleMs = Number(process.env['BACKSET_TROUBLE_MS'] ?? 12_000)
/** What the logs and requests that the test itself keeps may take; what thousands of requests hold is more. */
const leakBytes = 64 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

type Scenario = NonNullable<Parameters<Emulator['play']>[0]>

const trouble: Scenario = {
  rules: [
    { probability: 0.25, fault: { kind: 'throttle', hint: 'acs', waitMs: 50 } },
    { probability: 0.15, fault: { kind: 'reset' } },
    { probability: 0.1, fault: { kind: 'hang' } },
    { probability: 0.1, fault: { kind: 'cut-body', bytes: 200 } },
    { probability: 0.1, fault: { kind: 'unavailable' } },
    { probability: 0.1, fault: { kind: 'html-502' } },
    { every: 7, move: { change: 'grow' } },
  ],
}

test(
  'an upstream in trouble neither breaks nor swells the server',
  async () => {
    await using api = await startApi(
      { 'max-age': '50ms', 'attempt-timeout': '300ms', 'request-timeout': '1500ms', 'stale-if-error': '1s', 'poll-interval': '100ms' },
      { tasks: 120, plans: 8 },
    )
    const { planIds } = api.emulator.world
    const leave = new AbortController()
    const streams = planIds.slice(0, 3).map(async (planId) => {
      const answer = await fetch(new URL(`/v1/download-tasks/events?backupPlanId=${planId}`, api.url), { signal: leave.signal })
      for await (const _ of answer.body ?? []);
    })
    const statuses = new Map<number, number>()
    let broken = 0
    let asked = 0
    const ask = async () => {
      const planId = planIds[asked++ % planIds.length]
      const path = [
        `/v1/download-tasks?backupPlanId=${planId}&limit=50`,
        `/v1/download-tasks?backupPlanId=${planId}&format=csv`,
        `/v1/summary?backupPlanId=${planId}&allowIncomplete=true`,
        '/v1/backup-plans',
        '/readyz',
      ][asked % 5]
      try {
        // Every tenth leaves before its answer.
        const signal = asked % 10 === 0 ? AbortSignal.timeout(20) : undefined
        const answer = await fetch(new URL(path ?? '', api.url), { signal: signal ?? null })
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        await answer.text()
      } catch {
        broken++ // streams that failed after their first byte, and those who left
      }
    }
    const metric = async (name: string) =>
      Number(new RegExp(`^${name} (\\d+)`, 'm').exec(await (await fetch(new URL('/metrics', api.url))).text())?.[1])

    // Once in peace, so that what is kept for good is there before it is measured.
    for (let at = 0; at < 40; at++) await ask()
    collectGarbage()
    const heapBefore = process.memoryUsage().heapUsed
    api.emulator.play(trouble)
    const until = performance.now() + troubleMs
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        while (performance.now() < until) await ask()
      }),
    )

    expect(statuses.get(500), JSON.stringify(api.logs.filter(({ level }) => Number(level) >= 50).slice(0, 3))).toBeUndefined()
    expect(api.logs.filter(({ level }) => Number(level) >= 50)).toEqual([])
    expect([...statuses.keys()].filter((status) => ![200, 502, 503].includes(status))).toEqual([])
    expect(statuses.get(200)).toBeGreaterThan(20)

    // When the trouble is over, all is as before.
    api.emulator.play({ rules: [] })
    leave.abort()
    await Promise.allSettled(streams)
    for (const planId of planIds) {
      const url = new URL(`/v1/download-tasks?backupPlanId=${planId}`, api.url)
      while (!(await fetch(url)).ok); // connections that hung are given up one by one
    }
    while ((await metric('backset_http_requests_under_way')) > 1) await new Promise((resolve) => setImmediate(resolve)) // the one that asks
    expect(await metric('backset_event_readers')).toBe(0)
    collectGarbage()
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(leakBytes)
    expect(broken).toBeGreaterThan(0)
  },
  troubleMs + 60_000,
)
