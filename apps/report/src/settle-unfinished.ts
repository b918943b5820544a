import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lookPath } from './last-look.js'
import { removeDrafts } from './export-file.js'
import { companionOf } from './file-name.js'
import { abandoned } from './ledger/ledger-state.js'
import { Manifest, manifestOf } from './manifest.js'
import type { Report } from './config/report.js'
import type { Claim, Ledger, RunRecord } from './ports/ledger.js'

/**
 * Says of runs whose process ended before they did what became of them: one whose manifest stands was whole, only nobody could say so any more; of any other
 * nothing but its drafts is there, and they are removed.
 */
export async function settleUnfinished(
  report: Report,
  unfinished: readonly Claim[],
  { ledger, due }: { readonly ledger: Ledger; readonly due: string },
): Promise<void> {
  for (const claim of unfinished) {
    const path = join(report.output, claim.file)
    // The run that is about to begin writes the same file: its own record will tell of it.
    const record = claim.due === due ? undefined : await publishedBy(claim, path)
    await ledger.settle(claim, record ?? abandoned(claim))
    await Promise.all([path, manifestOf(path), join(report.output, companionOf(claim.file)), lookPath(report)].map(removeDrafts))
  }
}

async function publishedBy({ report, due, started, token, file }: Claim, path: string): Promise<RunRecord | undefined> {
  const text = await readFile(manifestOf(path), 'utf8').catch(() => '')
  const manifest = manifestIn(text)
  if (manifest?.run !== token) return undefined
  const { ended, rows, bytes, sha256, companion } = manifest
  return {
    report,
    due,
    started,
    ended,
    outcome: 'ok',
    rows,
    bytes,
    file,
    sha256,
    manifestSha256: createHash('sha256').update(text).digest('hex'),
    ...(companion !== undefined && { companion: companionOf(file) }),
    reason: 'Its process ended before it could say so.',
  }
}

function manifestIn(text: string): Manifest | undefined {
  try {
    return Manifest.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
