import { readdir, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { DbsError, InputError } from '@backset/core'
import { stateFolder } from '../ledger/file-ledger.js'
import type { Ledger, RunRecord } from '../ports/ledger.js'
import { followChain, type Chain, type LedgerFacts, type Link } from './chain.js'
import { verifyExport, type Verified } from './verify-export.js'

const ending = '.manifest.json'

export interface ChainOptions {
  readonly signal: AbortSignal
  readonly openLedger: (output: string) => Ledger
}

/** Every export of a folder, and the chain of each report. */
export interface FolderVerified {
  readonly exports: readonly Verified[]
  readonly chains: readonly Chain[]
  /** Whether a ledger stands beside them: without one nobody tells what was dropped at the end, or put there without a manifest. */
  readonly hasLedger: boolean
  /** SHA-256 of every manifest that was ever written here, as far as it is known. */
  readonly known: ReadonlySet<string>
}

/**
 * Verifies all exports of an output folder and follows their chains.
 * @throws InputError for what is no folder, DbsError `not-found` where no export was ever written
 */
export async function readChain(folder: string, { signal, openLedger }: ChainOptions): Promise<FolderVerified> {
  const paths = await manifestsIn(folder)
  const exports: Verified[] = []
  for (const path of paths) exports.push(await verifyExport(path, signal))
  const links = exports.flatMap((one): Link[] => {
    const { manifest, path } = one
    return manifest === undefined ? [] : [{ ...one, manifest, file: relative(folder, path).replaceAll('\\', '/').slice(0, -ending.length) }]
  })
  const facts = await ledgerFacts(folder, openLedger)
  const reports = [...new Set([...links.map(({ manifest }) => manifest.report), ...(facts?.keys() ?? [])])].toSorted()
  if (exports.length === 0 && reports.length === 0)
    throw new DbsError('not-found', `No export was ever written to ${folder}.`, { hint: 'Name the output folder of a report.' })
  const none: LedgerFacts = { ok: [], standing: [], unsaid: [] }
  const chains = reports.map((report) =>
    followChain(
      report,
      links.filter(({ manifest }) => manifest.report === report),
      facts && (facts.get(report) ?? none),
    ),
  )
  const written = [...(facts?.values() ?? [])].flatMap(({ ok }) => ok.flatMap(({ manifestSha256 }) => manifestSha256 ?? []))
  return { exports, chains, hasLedger: facts !== undefined, known: new Set([...links.map(({ sha256 }) => sha256), ...written]) }
}

/** Manifests of the folder and those below it, but for output folders of their own; names of drafts and state begin with a dot. */
async function manifestsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new InputError(`${folder} is no folder that can be read.`, { hint: 'Name the output folder of a report.' })
  })
  const states = entries.filter((entry) => entry.isDirectory() && join(entry.parentPath, entry.name) === stateFolder(entry.parentPath))
  const others = states.map(({ parentPath }) => `${relative(folder, parentPath)}${sep}`).filter((inner) => inner !== sep)
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !others.some((other) => path.startsWith(other)) && !path.split(sep).some((part) => part.startsWith('.')))
    .map((path) => join(folder, path))
    .toSorted()
}

/** What the ledger of the folder tells, by report; undefined where there is none. */
async function ledgerFacts(folder: string, openLedger: (output: string) => Ledger): Promise<ReadonlyMap<string, LedgerFacts> | undefined> {
  const path = join(stateFolder(resolve(folder)), 'ledger.ndjson')
  if ((await stat(path).catch(() => undefined)) === undefined) return undefined
  const ledger = openLedger(resolve(folder))
  const [ok, unsaid] = [new Map<string, RunRecord[]>(), new Map<string, string[]>()]
  for await (const record of ledger.history()) {
    if (record.outcome === 'ok') put(ok, record.report, record)
    else if (record.outcome === 'abandoned' && record.file !== undefined) put(unsaid, record.report, record.file)
  }
  const reports = [...new Set([...ok.keys(), ...unsaid.keys()])]
  const facts = await Promise.all(
    reports.map(async (report): Promise<readonly [string, LedgerFacts]> => {
      const standing = await ledger.exports(report)
      return [report, { ok: ok.get(report) ?? [], standing, unsaid: unsaid.get(report) ?? [] }]
    }),
  )
  return new Map(facts)
}

function put<Value>(groups: Map<string, Value[]>, name: string, value: Value): void {
  const group = groups.get(name)
  if (group === undefined) groups.set(name, [value])
  else group.push(value)
}
