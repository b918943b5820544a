import { appendFile, readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@backset/core'
import { expect, test } from 'vitest'
import { openFileLedger, stateFolder } from '../src/ledger/file-ledger.js'
import { openMemoryLedger } from '../src/ledger/memory-ledger.js'
import type { Claim, Ledger, RunRecord } from '../src/ports/ledger.js'
import { tempFolder } from './temp-folder.js'

const due = Date.parse('2026-11-24T06:00:00Z')
const hour = 3_600_000

interface Shared extends AsyncDisposable {
  /** Opens the same ledger as another process would. */
  readonly open: () => Ledger
  /** Lets every lease end. */
  readonly lapse: () => Promise<void>
}

const adapters: readonly { readonly name: string; readonly share: () => Promise<Shared> }[] = [
  {
    name: 'file',
    async share() {
      const folder = await tempFolder()
      const locks = join(stateFolder(folder.path), 'locks')
      return {
        open: () => openFileLedger(folder.path, { clock: systemClock, owner: 'host/1' }),
        async lapse() {
          for (const file of await readdir(locks)) await utimes(join(locks, file), 0, 0)
        },
        [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
      }
    },
  },
  {
    name: 'memory',
    async share() {
      let ahead = 0
      const ledger = openMemoryLedger({ clock: { ...systemClock, now: () => Date.now() + ahead } })
      return {
        open: () => ledger,
        lapse: async () => void (ahead += hour),
        [Symbol.asyncDispose]: async () => undefined,
      }
    },
  },
]

const request = (at = due, report = 'weekly') => ({ report, due: at, owner: 'host/1', file: `${report}-${at}.csv` })
async function claimed(ledger: Ledger, at = due): Promise<Claim> {
  const answer = await ledger.claim(request(at))
  if (answer.state !== 'run') throw new Error(`It is ${answer.state}.`)
  return answer.claim
}
const ended = (claim: Claim, outcome: RunRecord['outcome'] = 'ok'): RunRecord => ({
  report: claim.report,
  due: claim.due,
  started: claim.started,
  ended: claim.started,
  outcome,
  ...(outcome === 'ok' && { file: claim.file }),
})
const history = async (ledger: Ledger, report?: string): Promise<string[]> => {
  const runs: string[] = []
  for await (const { outcome, due: at } of ledger.history(report)) runs.push(`${outcome} ${at.slice(11, 16)}`)
  return runs
}

test.each(adapters)('$name: of many who ask one gets the run', async ({ share }) => {
  await using shared = await share()
  const ledgers = Array.from({ length: 12 }, () => shared.open())
  const answers = await Promise.all(ledgers.map(async (ledger) => ledger.claim(request())))
  expect(answers.filter(({ state }) => state === 'run')).toHaveLength(1)
  const [busy] = answers.filter(({ state }) => state === 'busy')
  expect(busy).toMatchObject({ state: 'busy' })
})

test.each(adapters)('$name: a due time that ended is done', async ({ share }) => {
  await using shared = await share()
  const [one, other] = [shared.open(), shared.open()]
  const claim = await claimed(one)
  await expect(other.claim(request(due + hour))).resolves.toMatchObject({ state: 'busy', due: '2026-11-24T06:00:00.000Z', owner: 'host/1' })
  await expect(one.commit(claim, ended(claim))).resolves.toBe('committed')
  await expect(other.claim(request())).resolves.toEqual({ state: 'done' })
  await expect(other.claim({ ...request(), again: true })).resolves.toMatchObject({ state: 'run' })
})

test.each(adapters)('$name: another report is claimed beside it', async ({ share }) => {
  await using shared = await share()
  await claimed(shared.open())
  await expect(shared.open().claim(request(due, 'weekly.1'))).resolves.toMatchObject({ state: 'run' })
  await expect(shared.open().claim(request(due, 'week'))).resolves.toMatchObject({ state: 'run' })
})

test.each(adapters)('$name: a lapsed claim goes over and is fenced', async ({ share }) => {
  await using shared = await share()
  const [slow, next] = [shared.open(), shared.open()]
  const claim = await claimed(slow)
  await expect(slow.renew(claim)).resolves.toBe(true)
  await shared.lapse()
  const answer = await next.claim(request(due + hour))
  expect(answer).toMatchObject({ state: 'run', unfinished: [{ token: claim.token, file: claim.file }] })
  await expect(slow.renew(claim)).resolves.toBe(false)
  await expect(slow.commit(claim, ended(claim))).resolves.toBe('fenced')
  await expect(history(next)).resolves.toEqual(['abandoned 06:00'])
})

test.each(adapters)('$name: of many who find a lapsed claim one gets it', async ({ share }) => {
  await using shared = await share()
  for (let round = 0; round < 5; round++) {
    await claimed(shared.open(), due + round * hour).catch(() => undefined)
    await shared.lapse()
    const answers = await Promise.all(Array.from({ length: 12 }, async (_, n) => shared.open().claim(request(due + n))))
    expect(answers.filter(({ state }) => state === 'run')).toHaveLength(1)
    await shared.lapse()
  }
})

test.each(adapters)('$name: a settled run is told once', async ({ share }) => {
  await using shared = await share()
  const ledger = shared.open()
  await claimed(ledger)
  await shared.lapse()
  const answer = await ledger.claim(request(due + hour))
  if (answer.state !== 'run') throw new Error(answer.state)
  for (const open of answer.unfinished) await ledger.settle(open, ended(open, 'abandoned'))
  await ledger.commit(answer.claim, ended(answer.claim))
  await expect(history(ledger)).resolves.toEqual(['abandoned 06:00', 'ok 07:00'])
  await expect(ledger.claim(request())).resolves.toMatchObject({ state: 'run', unfinished: [] })
})

test.each(adapters)('$name: the cursor never goes back', async ({ share }) => {
  await using shared = await share()
  const ledger = shared.open()
  await expect(ledger.cursor('weekly')).resolves.toBeUndefined()
  await ledger.advance('weekly', due)
  await ledger.advance('weekly', due - hour)
  await expect(shared.open().cursor('weekly')).resolves.toBe(due)
})

test.each(adapters)('$name: notes are told, and settle their due times', async ({ share }) => {
  await using shared = await share()
  const ledger = shared.open()
  await ledger.note('weekly', due, 'missed', 'Nobody was there.')
  await ledger.note('other', due, 'skipped', 'It runs.')
  await expect(history(ledger, 'weekly')).resolves.toEqual(['missed 06:00'])
  await expect(history(ledger)).resolves.toEqual(['missed 06:00', 'skipped 06:00'])
  await expect(ledger.claim(request())).resolves.toEqual({ state: 'done' })
})

test.each(adapters)('$name: exports that stand are told', async ({ share }) => {
  await using shared = await share()
  const ledger = shared.open()
  for (const at of [due, due + hour, due + 2 * hour]) {
    const claim = await claimed(ledger, at)
    await ledger.commit(claim, ended(claim))
  }
  await ledger.removed('weekly', request().file)
  expect((await shared.open().exports('weekly')).map(({ file }) => file)).toEqual([request(due + hour).file, request(due + 2 * hour).file])
})

test('lines that broke off are passed over', async () => {
  await using folder = await tempFolder()
  const path = join(stateFolder(folder.path), 'ledger.ndjson')
  const [one, other] = [0, 1].map(() => openFileLedger(folder.path, { clock: systemClock, owner: 'host/1' })) as [Ledger, Ledger]
  await one.note('weekly', due, 'missed', 'first')
  await appendFile(path, '{"event":"noted","report":"wee')
  await expect(history(other)).resolves.toEqual(['missed 06:00'])
  await other.note('weekly', due + hour, 'missed', 'second')
  await expect(history(one)).resolves.toEqual(['missed 06:00', 'missed 07:00'])
  await appendFile(path, '{"event":"later","report":"weekly"}\n')
  await expect(one.cursor('weekly')).resolves.toBeUndefined()
})

test('appends of many processes all stand', async () => {
  await using folder = await tempFolder()
  const ledgers = Array.from({ length: 8 }, () => openFileLedger(folder.path, { clock: systemClock, owner: 'host/1' }))
  await Promise.all(
    ledgers.flatMap((ledger) => [0, 1, 2].map(async (n) => ledger.note('weekly', due + n * hour, 'missed', 'x'.repeat(5000)))),
  )
  const [first] = ledgers
  expect(first && (await history(first))).toHaveLength(24)
  expect(await readdir(join(stateFolder(folder.path), 'locks'))).toEqual([])
})
