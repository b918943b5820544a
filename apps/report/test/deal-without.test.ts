import { systemClock } from '@backset/core'
import { expect, test } from 'vitest'
import { openFileLedger } from '../src/ledger/file-ledger.js'
import { dealWithout } from '../src/schedule/deal-without.js'
import { reportOf, runsIn } from './scheduled.js'
import { tempFolder } from './temp-folder.js'

test('a due time that nobody ran is noted once, however many try', async () => {
  await using folder = await tempFolder()
  const report = reportOf({ output: folder.path })
  const due = Date.parse('2026-06-01T06:00:00Z')
  const noRun = { due, outcome: 'missed', reason: 'No scheduler ran when it was due.' } as const
  const ledgers = Array.from({ length: 4 }, (_, at) => openFileLedger(folder.path, { clock: systemClock, owner: `host/${at}` }))
  const answers = await Promise.all(ledgers.map((ledger) => dealWithout(noRun, { report, ledger, owner: 'host' })))
  expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(1)
  const [ledger = openFileLedger(folder.path, { clock: systemClock, owner: 'host' })] = ledgers
  expect(await dealWithout(noRun, { report, ledger, owner: 'host' })).toBe('done')
  expect(await runsIn(ledger)).toMatchObject([{ outcome: 'missed', due: '2026-06-01T06:00:00.000Z' }])
})
