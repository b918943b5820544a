import { constants } from 'node:fs'
import { lstat, open, readFile, rm, type FileHandle } from 'node:fs/promises'
import type { Clock } from '@backset/core'
import { diskErrorOf, unlessMissing } from './disk-errors.js'
import { strongEtag } from './strong-etag.js'
import type { Range } from './ranges.js'
import { draftOf, writeWhole } from './write-whole.js'

/** How far a part is: what a later run needs to go on. It holds no link. */
export interface SideState {
  readonly taskId: string
  readonly size: number
  /** The strong ETag all the bytes were read under. */
  readonly etag: string
  /** What is in the part and synced: sorted, apart from each other. */
  readonly have: readonly Range[]
}

const version = 1

/** After so long a note replaces the file, ms: it is on the disk then, whatever became of the file. Between, a kill takes nothing, and a power cut these notes. */
const wholeEveryMs = 1000

/** Nothing of ours is as long, bytes. */
const longest = 64 * 2 ** 20

const { O_WRONLY, O_APPEND } = constants
const toGoOn = O_WRONLY | O_APPEND | (constants.O_NOFOLLOW ?? 0)

/**
 * The file beside the part: a line a note, of which the last whole one counts. Its writer syncs the bytes first, so what it says is there outlives a kill and
 * a power cut. To replace the file for each note would cost a fast fetch a quarter of its time.
 */
export class SideFile {
  readonly path: string
  readonly #clock: Clock
  /** Open to go on writing; of this run, so no line in it is torn. */
  #notes: FileHandle | undefined
  #replacedAt = 0

  constructor(file: string, clock: Clock) {
    this.path = `${file}.part.json`
    this.#clock = clock
  }

  /** @returns undefined when there is none, or none that can be used */
  async read(): Promise<SideState | undefined> {
    try {
      const stats = await unlessMissing(lstat(this.path), undefined)
      // A folder is told as an error; what else is no file of ours is replaced.
      if (stats === undefined || (!stats.isDirectory() && !(stats.isFile() && stats.size <= longest))) return undefined
      for (const line of (await readFile(this.path, 'utf8')).split('\n').toReversed()) {
        const state = stateIn(jsonIn(line))
        if (state !== undefined) return state
      }
      return undefined
    } catch (error) {
      throw diskErrorOf(error, this.path)
    }
  }

  /** @param isLast it is to be on the disk */
  async write({ taskId, size, etag, have }: SideState, isLast = false): Promise<void> {
    const note = `${JSON.stringify({ version, taskId, size, etag, have: have.map(({ from, to }) => [from, to]) })}\n`
    try {
      if (this.#notes !== undefined && !isLast && this.#clock.monotonic() - this.#replacedAt < wholeEveryMs)
        await this.#notes.appendFile(note)
      else await this.#replace(note)
    } catch (error) {
      throw diskErrorOf(error, this.path)
    }
  }

  async #replace(note: string): Promise<void> {
    await this.close()
    await writeWhole(this.path, note)
    this.#notes = await open(this.path, toGoOn)
    this.#replacedAt = this.#clock.monotonic()
  }

  async remove(): Promise<void> {
    await this.close()
    await rm(this.path, { force: true })
    await rm(draftOf(this.path), { force: true })
  }

  async close(): Promise<void> {
    const notes = this.#notes
    this.#notes = undefined
    await notes?.close()
  }
}

/** Undefined for a line that was torn. */
function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function stateIn(value: unknown): SideState | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { version: written, taskId, size, etag, have } = value as Readonly<Record<string, unknown>>
  if (
    written !== version ||
    typeof taskId !== 'string' ||
    typeof etag !== 'string' ||
    strongEtag(etag) === undefined ||
    !isOffset(size) ||
    !Array.isArray(have)
  )
    return undefined
  const ranges: Range[] = []
  for (const pair of have as readonly unknown[]) {
    const [from, to] = Array.isArray(pair) ? (pair as readonly unknown[]) : []
    if (!isOffset(from) || !isOffset(to) || from < (ranges.at(-1)?.to ?? -1) + 1 || to <= from || to > size) return undefined
    ranges.push({ from, to })
  }
  return { taskId, size, etag, have: ranges }
}

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
