import { AdaptivePace, DbsClient, systemClock, type Clock } from '@backset/core'
import type { Emulator } from '@backset/emulator'
import { clientOptions } from '@backset/settings'
import { parseConfig } from '../src/config/read-config.js'
import type { Report } from '../src/config/report.js'
import { openFileLedger } from '../src/ledger/file-ledger.js'
import type { World } from '../src/world.js'

/** When everything in the tests is due: after all that an emulator has. */
export const due = Date.parse('2026-11-24T06:00:00Z')

export const environmentOf = ({ url, accessKeyId, accessKeySecret }: Pick<Emulator, 'url' | 'accessKeyId' | 'accessKeySecret'>) => ({
  BACKSET_ENDPOINT: url,
  ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
})

/** The reports of a file in this folder; `lines` are fields of its one report. */
export async function reportIn(folder: string, lines: string, emulator: Emulator, env: Record<string, string> = {}): Promise<Report> {
  const text = `version: 1\nreports:\n  - name: audit\n    output: out\n${lines.replaceAll(/^(?=.)/gm, '    ')}\n`
  const sources = { env: { ...environmentOf(emulator), ...env }, cwd: folder, now: due }
  const { reports } = await parseConfig(text, `${folder}/report.yaml`, sources)
  const [report] = reports
  if (report === undefined) throw new Error('There is no report.')
  return report
}

/** A world around an emulator. */
export function worldOf(
  emulator: Emulator,
  { clock = systemClock, signal = new AbortController().signal }: { readonly clock?: Clock; readonly signal?: AbortSignal } = {},
): World {
  const pace = new AdaptivePace(clock)
  const env = environmentOf(emulator)
  return {
    clock,
    signal,
    openClient: ({ report, region, profile }) =>
      new DbsClient({
        ...clientOptions({ ...report.settings, debug: false }, region),
        profile,
        pace,
        env,
        homeDir: '/nowhere',
        random: () => 0,
        clock,
      }),
    ledgerOf: (output) => openFileLedger(output, { clock, owner: 'host/1' }),
    owner: 'host/1',
    version: '0.0.0',
  }
}
