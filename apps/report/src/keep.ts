import { rm } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import type { Report } from './config/report.js'
import { manifestOf } from './manifest.js'
import type { Ledger } from './ports/ledger.js'

/**
 * Removes exports beyond the newest `keep` by due time, each with its manifest and what was written beside it; what was written last stays in any case, though
 * it was made up for. Nothing goes that the ledger does not list.
 */
export async function keepNewest({ name, output, keep }: Report, ledger: Ledger): Promise<void> {
  if (keep === undefined) return
  const exports = await ledger.exports(name)
  const newest = new Set([...exports.toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due)).slice(-keep), ...exports.slice(-1)])
  const kept = [...newest].flatMap(({ file, companion }) => [file, companion])
  for (const record of exports) {
    const { file, companion } = record
    if (file === undefined || newest.has(record)) continue
    for (const one of [file, manifestOf(file), companion]) {
      if (one !== undefined && !kept.includes(one) && isInside(output, one)) await rm(join(output, one), { force: true })
    }
    await ledger.removed(name, file)
  }
}

/** A ledger is a file that somebody may have written to. */
const isInside = (folder: string, file: string): boolean => resolve(folder, file).startsWith(`${resolve(folder)}${sep}`)
