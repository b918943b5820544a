import { manifestOf } from '../manifest.js'
import type { RunRecord } from '../ports/ledger.js'
import { Faults } from './faults.js'
import type { Verified } from './verify-export.js'

/** A manifest of the folder. */
export interface Link extends Verified {
  /** Name of the export in the folder, as the ledger has it. */
  readonly file: string
  readonly manifest: NonNullable<Verified['manifest']>
}

/** What the ledger beside the exports knows of a report. */
export interface LedgerFacts {
  /** Every run that ended ok, in their order. */
  readonly ok: readonly RunRecord[]
  /** Exports that should stand. */
  readonly standing: readonly RunRecord[]
  /** Names of exports whose run was killed: one may stand although its run could not say so any more. */
  readonly unsaid: readonly string[]
}

/** One report's exports, and whether they are all there, in the order in which they were written. */
export interface Chain {
  readonly report: string
  readonly exports: number
  /** SHA-256 of the newest manifest: noted elsewhere, it proves all before it. */
  readonly head: string | undefined
  readonly faults: readonly string[]
}

/**
 * Follows the manifests of one report, each of which names the one before it.
 * @param ledger undefined where none stands beside the exports: then the manifests alone have to agree
 */
export function followChain(report: string, links: readonly Link[], ledger: LedgerFacts | undefined): Chain {
  const faults = new Faults()
  const bySha = new Map(links.map((link) => [link.sha256, link]))
  const following = new Map<string, Link[]>()
  for (const link of links) {
    const before = link.manifest.previous?.sha256 ?? ''
    following.set(before, [...(following.get(before) ?? []), link])
  }
  for (const [before, after] of following)
    if (after.length > 1)
      faults.add(`${names(after)} all claim to follow ${before === '' ? 'none' : 'the same export'}: some were put there later.`)
  for (const link of links) judgePrevious(link, { bySha, links, ledger }, faults)
  if (ledger !== undefined) judgeByLedger(links, ledger, faults)
  const heads = links.filter(({ sha256 }) => !following.has(sha256) && !wasFollowed(sha256, ledger))
  // A gap that was told leaves two ends.
  if (heads.length > 1 && faults.all.length === 0)
    faults.add(
      `None follows ${names(heads)}, and only the newest is followed by none: exports were put there later${
        ledger === undefined ? ', or one of them was followed by what a later export replaced, as the ledger would tell' : ''
      }.`,
    )
  const newest = ledger?.ok.at(-1)?.manifestSha256
  return { report, exports: links.length, head: heads.length === 1 ? heads[0]?.sha256 : newest, faults: faults.all }
}

/** Whether an export was followed by one that is rightly gone: a later run replaced it, or `keep` took it away. */
function wasFollowed(sha256: string, ledger: LedgerFacts | undefined): boolean {
  const { ok, standing } = ledger ?? { ok: [], standing: [] }
  const place = ok.findIndex(({ manifestSha256 }) => manifestSha256 === sha256)
  const follower = place < 0 ? undefined : ok[place + 1]
  return follower !== undefined && !standing.some(({ manifestSha256 }) => manifestSha256 === follower.manifestSha256)
}

interface Known {
  readonly bySha: ReadonlyMap<string, Link>
  readonly links: readonly Link[]
  readonly ledger: LedgerFacts | undefined
}

function judgePrevious({ file, manifest }: Link, { bySha, links, ledger }: Known, faults: Faults): void {
  const { previous, started } = manifest
  if (previous === null) return
  const before = bySha.get(previous.sha256)
  if (before !== undefined) {
    if (before.manifest.started > started) faults.add(`${file} began before ${before.file} did, which it follows: it is back-dated.`)
    return
  }
  const isThat = ({ manifestSha256 }: RunRecord): boolean => manifestSha256 === previous.sha256
  // `keep` took it away, as the ledger tells, or a later export of its name took its place.
  if (ledger?.ok.some(isThat) === true && !ledger.standing.some(isThat)) return
  if (previous.file === manifestOf(file)) return
  const altered = links.find((link) => previous.file === manifestOf(link.file))
  faults.add(
    altered === undefined
      ? `${file} follows ${previous.file}, which is not here: it was dropped.`
      : `${file} follows ${previous.file} as it was with SHA-256 ${previous.sha256}: that manifest was altered.`,
  )
}

function judgeByLedger(links: readonly Link[], { ok, standing, unsaid }: LedgerFacts, faults: Faults): void {
  const placeOf = new Map(ok.map(({ manifestSha256 }, place) => [manifestSha256, place]))
  const here = new Map(links.map((link) => [link.file, link]))
  for (const { file = '', manifestSha256 } of standing) {
    const link = here.get(file)
    if (link === undefined)
      faults.add(`${file} is not here with its manifest, and the ledger tells that it was written and not removed: it was dropped.`)
    else if (manifestSha256 !== undefined && link.sha256 !== manifestSha256)
      faults.add(`The manifest of ${file} is not the one that the ledger tells of: it was altered.`)
  }
  for (const { file, sha256, manifest } of links) {
    const place = placeOf.get(sha256)
    const isListed = standing.some((record) => record.file === file)
    if (place === undefined) {
      if (!isListed && !unsaid.includes(file)) faults.add(`The ledger does not tell of ${file}: it was put there later.`)
      continue
    }
    const before = ok[place - 1]?.manifestSha256
    if ((manifest.previous?.sha256 ?? undefined) !== before)
      faults.add(`${file} does not follow the export that the ledger has before it: the ledger was altered.`)
  }
}

const names = (links: readonly Link[]): string => links.map(({ file }) => file).join(', ')
