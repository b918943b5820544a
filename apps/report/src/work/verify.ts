import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DbsError, InputError } from '@backset/core'
import type { Context } from '../command.js'
import { openFileLedger } from '../ledger/file-ledger.js'
import { manifestOf } from '../manifest.js'
import type { Chain } from '../verify/chain.js'
import { readChain } from '../verify/read-chain.js'
import { verifyExport, type Verified } from '../verify/verify-export.js'

export interface VerifyArgs {
  readonly words: readonly string[]
  readonly chain?: string | undefined
  readonly head?: readonly string[] | undefined
  readonly output?: string | undefined
}

/**
 * Says of exports whether they are what their manifests tell, and of a folder whether any is missing or was put there later.
 * @throws DbsError `wrong-file` after everything was said, when anything is not as it should be
 */
export async function verify(args: VerifyArgs, context: Context): Promise<number> {
  const { words, chain: folder, head = [], output } = args
  const { stdout, stderr, cwd, clock, owner, signal } = context
  if ((folder === undefined) === (words.length === 0))
    throw new InputError('verify needs either manifests or --chain DIR.', { hint: 'See backset-report verify --help.' })
  const asJson = output === undefined ? !stdout.isTTY : output === 'json'
  if (folder === undefined) {
    const all: Verified[] = []
    for (const word of words) all.push({ ...(await verifyExport(await manifestPath(word, cwd), signal)), path: word })
    await stdout.write(asJson ? `${JSON.stringify(all.map(exportJson), undefined, 2)}\n` : all.map(exportText).join(''))
    return judged(all, [], [])
  }
  const openLedger = (path: string) => openFileLedger(path, { clock, owner })
  const { exports: all, chains, hasLedger, known } = await readChain(resolve(cwd, folder), { signal, openLedger })
  const lost = head.filter((sha256) => !known.has(sha256.toLowerCase()))
  if (!hasLedger) await stderr.write(`backset-report: warning: ${noLedger}\n`)
  await stdout.write(
    asJson
      ? `${JSON.stringify({ exports: all.map(exportJson), chains: chains.map(chainJson), ledger: hasLedger, lostHeads: lost }, undefined, 2)}\n`
      : [
          ...all.map(exportText),
          ...chains.map(chainText),
          ...lost.map((sha256) => `No export had a manifest of SHA-256 ${sha256}.\n`),
        ].join(''),
  )
  return judged(all, chains, lost)
}

const noLedger =
  'No ledger stands beside these exports, so they were compared with each other alone: --head proves the newest, if its SHA-256 was noted elsewhere.'

/** The export itself may be named in the place of its manifest. */
async function manifestPath(word: string, cwd: string): Promise<string> {
  const path = resolve(cwd, word)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true)
    throw new InputError(`${word} is a folder.`, { hint: `For all exports in it say verify --chain ${word}.` })
  if (word.endsWith('.manifest.json')) {
    if (found === undefined)
      throw new InputError(`${word} is not there, or may not be read.`, { hint: 'Name a manifest, <export>.manifest.json.' })
    return path
  }
  if ((await stat(manifestOf(path)).catch(() => undefined)) !== undefined) return manifestOf(path)
  throw new InputError(`${word} has no manifest beside it.`, { hint: 'Name a manifest, <export>.manifest.json.' })
}

function judged(all: readonly Verified[], chains: readonly Chain[], lost: readonly string[]): number {
  const wrong = all.filter(({ faults }) => faults.length > 0).length
  const broken = chains.filter(({ faults }) => faults.length > 0).length
  const said = [
    wrong === 0 ? [] : [`${wrong} of ${all.length === 1 ? '1 export is' : `${all.length} exports are`} not what the manifests say`],
    broken === 0 ? [] : [`${broken} of ${chains.length === 1 ? '1 chain is' : `${chains.length} chains are`} broken`],
    lost.length === 0 ? [] : [`${lost.length === 1 ? 'a head was' : 'heads were'} never written here`],
  ].flat()
  if (said.length === 0) return 0
  throw new DbsError('wrong-file', `${said.join(', and ')}.`, { hint: 'Take what is wrong from a backup, or run the report again.' })
}

const exportJson = ({ path, sha256, manifest, faults }: Verified): object => ({
  manifest: path,
  ...(manifest !== undefined && {
    report: manifest.report,
    file: manifest.file,
    due: manifest.due,
    rows: manifest.rows,
    bytes: manifest.bytes,
    sha256: manifest.sha256,
    complete: manifest.complete,
  }),
  manifestSha256: sha256,
  ok: faults.length === 0,
  faults,
})

function exportText({ path, manifest, faults }: Verified): string {
  if (faults.length > 0) return `${path}: wrong\n${faults.map((fault) => `  ${fault}\n`).join('')}`
  const { rows = 0, complete = false } = manifest ?? {}
  return `${path}: right, ${rows === 1 ? '1 row' : `${rows} rows`}${complete ? '' : ', of lists that were not proved complete'}\n`
}

const chainJson = ({ report, exports, head, faults }: Chain): object => ({
  report,
  exports,
  ...(head !== undefined && { head }),
  ok: faults.length === 0,
  faults,
})

function chainText({ report, exports, head, faults }: Chain): string {
  const count = exports === 1 ? '1 export' : `${exports} exports`
  if (faults.length > 0) return `chain of ${report}: broken, ${count}\n${faults.map((fault) => `  ${fault}\n`).join('')}`
  return `chain of ${report}: right, ${count}${head === undefined ? '' : `, head ${head}`}\n`
}
