import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { startApi, startBareServer } from '../api-server.js'
import { withEmulator } from '../emulator.js'
import { median, type Case } from '../measure.js'

const rounds = 3
const seconds = 4
const connections = 32

export const rest: Case = {
  title: `A page of 100 tasks over HTTP, keys checked, ${connections} connections, medians of ${rounds} rounds (a bare node:http server sends the same bytes)`,
  run: (signal) =>
    withEmulator(['--tasks', '1000'], signal, async ({ env, planId }) => {
      const folder = mkdtempSync(join(tmpdir(), 'backset-bench-'))
      const ended = new AbortController()
      const stop = AbortSignal.any([signal, ended.signal])
      try {
        const { url, key } = await startApi(env, folder, stop)
        const page = `${url}/v1/download-tasks?backupPlanId=${planId}`
        const headers = { authorization: `Bearer ${key}` }
        const answer = await fetch(page, { headers, signal })
        const etag = answer.headers.get('etag') ?? ''
        const body = await answer.text()
        if (answer.status !== 200) throw new Error(`The page came with ${answer.status}: ${body}`)
        const bare = await startBareServer(body, stop)
        const asked = {
          bare: () => asMany({ url: bare }, 200),
          page: () => asMany({ url: page, headers }, 200),
          unchanged: () => asMany({ url: page, headers: { ...headers, 'if-none-match': etag } }, 304),
        }
        const rates = { bare: [] as number[], page: [] as number[], unchanged: [] as number[] }
        for (let round = 0; round < rounds; round++) {
          for (const what of ['bare', 'page', 'unchanged'] as const) rates[what].push(await asked[what]())
        }
        const [bareRate, pageRate, unchangedRate] = [median(rates.bare), median(rates.page), median(rates.unchanged)]
        return [
          { what: `node:http, ${body.length} bytes`, figure: perSecond(bareRate) },
          { what: 'GET /v1/download-tasks, from a snapshot', figure: perSecond(pageRate), ratio: times(bareRate, pageRate) },
          { what: 'the same with If-None-Match: 304', figure: perSecond(unchangedRate), ratio: times(bareRate, unchangedRate) },
        ]
      } finally {
        ended.abort()
        rmSync(folder, { recursive: true })
      }
    }),
}

/** Requests a second; an answer of another status counts for nothing, so there must be none. */
async function asMany(options: Pick<autocannon.Options, 'url' | 'headers'>, status: 200 | 304): Promise<number> {
  const result = await autocannon({ ...options, connections, duration: seconds })
  const right = status === 200 ? result['2xx'] : result['3xx']
  const all = result['2xx'] + result.non2xx
  if (result.errors > 0 || right !== all)
    throw new Error(`${all - right} of ${all} answers were not ${status}, and ${result.errors} failed.`)
  return result.requests.average
}

const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`
const times = (base: number, rate: number): string => `${(rate / base).toFixed(2)} × as many`
