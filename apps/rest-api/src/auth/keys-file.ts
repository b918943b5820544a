import { closeSync, fstatSync, openSync, readFileSync, statSync, type BigIntStats } from 'node:fs'
import { type Clock, DbsError } from '@backset/core'
import type { Logger } from 'pino'
import type { Caller } from './caller.js'
import { isSecretOf, parseKey } from './api-key.js'
import { endOf, type KeyRecord, parseRecords } from './key-record.js'

/** How long a change of the file may go unseen, milliseconds. */
const lookEveryMs = 100

interface Known {
  readonly record: KeyRecord
  readonly sha256: Uint8Array
  /** Epoch milliseconds. */
  readonly opensUntil: number
  readonly caller: Caller
}

/** What is compared for an id that is unknown, so that it takes as long as one that is not. */
const nobody = new Uint8Array(32)

/**
 * The keys a server lets in, as the file has them now. It looks at the file when it is used, at most ten times a second, so that a revoked key is out within
 * a second. That look is synchronous: it takes some microseconds, and no request has to wait for another turn of the loop.
 */
export class KeysFile {
  readonly #path: string
  readonly #clock: Clock
  readonly #log: Logger
  #known: ReadonlyMap<string, Known> = new Map()
  #seen = ''
  #complaint = ''
  #lookedAt: number

  /**
   * @throws DbsError `invalid-setting` when the file is missing or broken, or when others may read or write it
   */
  constructor(path: string, { clock, log }: { readonly clock: Clock; readonly log: Logger }) {
    this.#path = path
    this.#clock = clock
    this.#log = log
    this.#lookedAt = clock.monotonic()
    const stats = statOf(path)
    if (stats === undefined) throw noFile(path)
    this.#take(stats)
  }

  /** Whether any key opens, of what was read last. */
  get hasLive(): boolean {
    return [...this.#known.values()].some((known) => this.#ifLive(known) !== undefined)
  }

  /**
   * Whose key a text is; the same undefined for every key that does not open, whatever is wrong with it, and in the same time. A key that was just made
   * opens at once: the file is looked at again before one is refused.
   */
  holderOf(text: string): Caller | undefined {
    this.#look(lookEveryMs)
    return this.#find(text) ?? (this.#look(0) ? this.#find(text) : undefined)
  }

  #find(text: string): Caller | undefined {
    const key = parseKey(text)
    const known = key === undefined ? undefined : this.#known.get(key.id)
    const fits = isSecretOf(key?.secret ?? '', known?.sha256 ?? nobody)
    return fits ? this.#ifLive(known) : undefined
  }

  /** The holder of a key by its id; undefined when it does not open any more. */
  callerOf(id: string): Caller | undefined {
    this.#look(lookEveryMs)
    return this.#ifLive(this.#known.get(id))
  }

  #ifLive(known: Known | undefined): Caller | undefined {
    return known !== undefined && this.#clock.now() < known.opensUntil ? known.caller : undefined
  }

  /** Looks at the file unless that was less than `everyMs` ago; whether the keys are others now. */
  #look(everyMs: number): boolean {
    const before = this.#known
    const now = this.#clock.monotonic()
    if (now - this.#lookedAt < everyMs) return false
    this.#lookedAt = now
    try {
      const stats = statOf(this.#path)
      if (stats !== undefined) this.#take(stats)
      else {
        if (this.#known.size > 0) this.#known = new Map()
        this.#seen = ''
        this.#complain('the keys file is gone: no key opens')
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#complain(`the keys file cannot be used, and the keys it had go on: ${reason}`)
    }
    return this.#known !== before
  }

  /** Once for each trouble, not at every look. */
  #complain(complaint: string): void {
    if (complaint !== this.#complaint) this.#log.error({ file: this.#path }, complaint)
    this.#complaint = complaint
  }

  /** Reads the file when it is another than at the last look. */
  #take(stats: BigIntStats): void {
    const look = [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ')
    if (look === this.#seen) return
    this.#seen = look
    this.#known = knownIn(readRecords(this.#path), this.#known)
    this.#complaint = ''
  }
}

/** Holders by key id. Who has not changed stays the same object: an open stream is judged by that. */
function knownIn(records: readonly KeyRecord[], before: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
  return new Map(
    records.map((record) => {
      const known = before.get(record.id)
      if (known !== undefined && JSON.stringify(known.record) === JSON.stringify(record)) return [record.id, known]
      const { id, name, scopes, plans } = record
      const caller: Caller = { id, name, scopes, plans }
      return [id, { record, sha256: Buffer.from(record.sha256, 'hex'), opensUntil: endOf(record), caller }]
    }),
  )
}

function statOf(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })
}

/**
 * What a keys file holds. Others must not be able to read or write it.
 * @throws DbsError `invalid-setting`
 */
export function readRecords(path: string): readonly KeyRecord[] {
  const file = opened(path)
  try {
    const mode = fstatSync(file).mode & 0o777 // of the file that is read, whatever has its name by now
    if ((mode & 0o077) !== 0) {
      throw new DbsError('invalid-setting', `${path} is open to others: its mode is ${mode.toString(8)}.`, { hint: `chmod 600 ${path}` })
    }
    return parseRecords(readFileSync(file, 'utf8'), path)
  } finally {
    closeSync(file)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') throw noFile(path)
    throw new DbsError('invalid-setting', `The keys file ${path} cannot be opened: ${code}.`, {
      hint: 'The account this runs under must own it: mode 600.',
    })
  }
}

const noFile = (path: string): DbsError =>
  new DbsError('invalid-setting', `There is no keys file ${path}.`, { hint: `backset-api keys add NAME --keys ${path} makes it.` })
