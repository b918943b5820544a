import { allAtOnce, openFormat } from '@backset/formats'
import type { Context } from '../command.js'
import { chosenReports } from '../config/chosen-reports.js'
import { readConfig } from '../config/read-config.js'
import { openLedgers } from '../open-world.js'
import type { RunRecord } from '../ports/ledger.js'
import { runRows } from '../run-rows.js'
import { terminalOf } from '../terminal.js'

export interface HistoryArgs {
  readonly words: readonly string[]
  readonly only?: readonly string[] | undefined
  readonly output?: string | undefined
}

/**
 * Prints every run of the reports of a file, the newest last.
 * @throws SettingsError for a report file that is wrong
 */
export async function history(args: HistoryArgs, context: Context): Promise<number> {
  const { env, cwd, clock, owner, stdout } = context
  const {
    words: [path = ''],
    only = [],
    output,
  } = args
  const config = await readConfig(path, { env, cwd, now: clock.now() })
  const ledgerOf = openLedgers({ clock, owner })
  const runs: RunRecord[] = []
  for (const report of chosenReports(config, only)) for await (const run of ledgerOf(report.output).history(report.name)) runs.push(run)
  // Runs of one report never overlap, and equals keep their order.
  const sorted = runs.toSorted((a, b) => timeOf(a) - timeOf(b))
  const asJson = output === undefined ? !stdout.isTTY : output === 'json'
  const [first] = config.reports
  const render = await openFormat(asJson ? 'json' : 'table', {
    kind: runRows,
    timeZone: first?.timeZone,
    terminal: terminalOf(context),
  })
  for await (const text of render(allAtOnce(sorted))) await stdout.write(text)
  return 0
}

const timeOf = ({ ended, started, due }: RunRecord): number => Date.parse(ended ?? started ?? due)
