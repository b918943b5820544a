import { AdaptivePace, DbsClient, openDispatcher, type Clock } from '@backset/core'
import { clientOptions } from '@backset/settings'
import type { Dispatcher } from 'undici'
import type { Context } from './command.js'
import { openFileLedger } from './ledger/file-ledger.js'
import { openNotices } from './notices/send-notices.js'
import type { Ledger } from './ports/ledger.js'
import type { World } from './world.js'

/** The real world around the runs of a command: one pace for all that asks DBS, one ledger for each folder. */
export function openWorld(
  { env, homeDir, clock, random, owner, version, signal }: Omit<Context, 'stdout' | 'stderr' | 'cwd'>,
  onNoticeOutput: (report: string, output: string) => void,
): World {
  const pace = new AdaptivePace(clock)
  const ledgerOf = openLedgers({ clock, owner })
  let dispatcher: Dispatcher | undefined
  const notify = openNotices({
    clock,
    random,
    env,
    version,
    dispatcher: () => (dispatcher ??= openDispatcher(env)),
    onOutput: onNoticeOutput,
  })
  return {
    clock,
    signal,
    owner,
    version,
    ledgerOf,
    notify,
    openClient: ({ report, region, profile }) =>
      new DbsClient({
        ...clientOptions({ ...report.settings, debug: false }, region),
        profile,
        pace,
        env,
        homeDir,
        clock,
        random,
        userAgent: `report/${version}`,
      }),
  }
}

/** Ledgers by folder, each opened once. */
export function openLedgers(parts: { readonly clock: Clock; readonly owner: string }): (output: string) => Ledger {
  const ledgers = new Map<string, Ledger>()
  return (output) => {
    const known = ledgers.get(output) ?? openFileLedger(output, parts)
    ledgers.set(output, known)
    return known
  }
}
