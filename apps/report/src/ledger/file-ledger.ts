import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DbsError, type Clock } from '@backset/core'
import type { Claim, ClaimAnswer, ClaimRequest, Ledger } from '../ports/ledger.js'
import { abandoned, LedgerState, parseLine, recordIn, type LedgerLine } from './ledger-state.js'
import { stateError } from './state-error.js'
import { folderTime, holderOf, leaseMs, takeLock, type HeldLock } from './report-lock.js'

/** The folder beside the exports that holds ledger, locks and what is known of earlier runs. */
export const stateFolder = (output: string): string => join(output, '.backset-report')

/** Name of the lock around an append; names of reports begin with a letter or digit. */
const appendLock = '.append'
const longestWaitMs = leaseMs + 10_000

/**
 * A ledger in a file of JSON lines beside the exports, shared by all processes that see the folder. It is only ever appended to, under a lock: over a network
 * two appends at once would overwrite each other. A last line that broke off is passed over.
 * @param output folder of the exports
 */
export function openFileLedger(output: string, { clock, owner }: { readonly clock: Clock; readonly owner: string }): Ledger {
  const folder = stateFolder(output)
  const path = join(folder, 'ledger.ndjson')
  const locks = join(folder, 'locks')
  const held = new Map<string, HeldLock>()
  let [state, offset] = [new LedgerState(), 0]
  let turn: Promise<unknown> = Promise.resolve()

  /** One after the other: reading moves the offset, and appends of one process need not fight for the lock. */
  const inTurn = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    const mine = turn.then(work, work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const refresh = async (): Promise<LedgerState> => {
    const { lines, end, restarted } = await readFrom(path, offset)
    if (restarted) state = new LedgerState()
    offset = end
    for (const line of lines) state.apply(line)
    return state
  }
  const read = async (): Promise<LedgerState> => inTurn(refresh)

  const append = async (line: LedgerLine): Promise<void> =>
    inTurn(async () => {
      const lock = await waitForLock(locks, { clock, owner })
      try {
        await appendLine(path, JSON.stringify(line))
      } finally {
        await lock.release()
      }
    })

  const time = async (): Promise<string> => new Date(await folderTime(locks)).toISOString()

  return {
    renewEveryMs: leaseMs / 4,
    now: async () => folderTime(locks),

    async cursor(report) {
      const { cursor } = (await read()).of(report)
      return cursor === undefined ? undefined : Date.parse(cursor)
    },

    async advance(report, due) {
      const { cursor } = (await read()).of(report)
      if (cursor === undefined || Date.parse(cursor) < due) await append({ event: 'cursor', report, due: iso(due) })
    },

    async claim({ report, due, file, owner: claimant, again = false }: ClaimRequest): Promise<ClaimAnswer> {
      const answer = await takeLock(locks, report, { owner: claimant, due: iso(due) })
      if (answer.held === undefined) return { state: 'busy', due: answer.holder?.due, owner: answer.holder?.owner }
      const lock = answer.held
      try {
        const known = (await read()).of(report)
        if (!again && known.dealt.has(iso(due))) {
          await lock.release()
          return { state: 'done' }
        }
        const unfinished = [...known.open.values()]
        const claim: Claim = { report, due: iso(due), started: await time(), token: lock.token, file }
        await append({ event: 'started', owner: claimant, ...claim })
        held.set(claim.token, lock)
        return { state: 'run', claim, unfinished }
      } catch (error) {
        await lock.release()
        throw error
      }
    },

    renew: async ({ token }) => (await held.get(token)?.renew()) ?? false,

    async commit({ token }, record) {
      const lock = held.get(token)
      held.delete(token)
      if (lock === undefined || !(await lock.renew())) return 'fenced'
      try {
        await append({ event: 'ended', token, ...record })
      } finally {
        await lock.release()
      }
      return 'committed'
    },

    settle: async ({ token }, record) => append({ event: 'ended', token, ...record }),

    note: async (report, due, what, why) =>
      append({ event: 'noted', report, due: iso(due), ended: await time(), outcome: what, reason: why }),

    removed: async (report, file) => append({ event: 'removed', report, file }),

    exports: async (report) => [...(await read()).of(report).exports.values()],

    async *history(report) {
      // Read by itself, since what is yielded may wait long for its reader.
      const { lines } = await readFrom(path, 0)
      const seen = new LedgerState()
      for (const line of lines) {
        seen.apply(line)
        const record = recordIn(line)
        if (record !== undefined && (report === undefined || record.report === report)) yield record
      }
      for (const claim of seen.open(report)) {
        const holder = await holderOf(locks, claim.report).catch(() => undefined)
        if (holder?.token !== claim.token) yield abandoned(claim)
      }
    },
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()

async function waitForLock(folder: string, { clock, owner }: { readonly clock: Clock; readonly owner: string }): Promise<HeldLock> {
  const end = clock.monotonic() + longestWaitMs
  for (let pause = 2; ; pause = Math.min(2 * pause, 50)) {
    const answer = await takeLock(folder, appendLock, { owner })
    if (answer.held !== undefined) return answer.held
    if (clock.monotonic() > end)
      throw new DbsError(
        'cannot-write',
        `The ledger in ${folder} is locked by ${answer.holder?.owner ?? 'somebody'} and does not come free.`,
        {
          hint: 'Look whether that process still runs.',
        },
      )
    await clock.sleep(pause)
  }
}

/** Appends a line and syncs it; a line before it that broke off is ended first. */
async function appendLine(path: string, line: string): Promise<void> {
  try {
    await using file = await open(path, 'a+')
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    await file.appendFile(`${size > 0 && last[0] !== newline ? '\n' : ''}${line}\n`)
    await file.datasync()
  } catch (error) {
    throw stateError(path, error)
  }
}

const newline = 10

/** Whole lines from a place on; from the start again where the file is shorter than it was. */
async function readFrom(
  path: string,
  from: number,
): Promise<{ readonly lines: readonly LedgerLine[]; readonly end: number; readonly restarted: boolean }> {
  const size = await sizeOf(path)
  const restarted = size < from
  const start = restarted ? 0 : from
  if (size === start) return { lines: [], end: start, restarted }
  const bytes = await readBytes(path, start)
  const whole = bytes.subarray(0, bytes.lastIndexOf(newline) + 1)
  const lines = whole
    .toString()
    .split('\n')
    .flatMap((text) => (text === '' ? [] : (parseLine(text) ?? [])))
  return { lines, end: start + whole.length, restarted }
}

/** A ledger that is not there yet is an empty one. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw stateError(path, error, 'read')
  }
}

async function readBytes(path: string, start: number): Promise<Buffer> {
  try {
    if (start === 0) return await readFile(path)
    await using file = await open(path, 'r')
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.max(0, size - start))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
    return bytes.subarray(0, bytesRead)
  } catch (error) {
    throw stateError(path, error, 'read')
  }
}
