import { constants } from 'node:fs'
import { open, readFile, rm, type FileHandle } from 'node:fs/promises'
import type { Clock } from '@backset/core'
import { unlessMissing } from './disk-errors.js'
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

/** Notes that come sooner one after another are synced together, ms: a kill takes none of them, a power cut no more than this. */
const syncEveryMs = 1000

/** Beyond that it is begun anew, bytes: only the last note counts. */
const longest = 2 ** 20

const { O_WRONLY, O_APPEND } = constants
const toGoOn = O_WRONLY | O_APPEND | (constants.O_NOFOLLOW ?? 0)

/**
 * The file beside the part: a line a note, of which the last whole one counts. Its writer syncs the bytes first, so what it says is there outlives a kill and
 * a power cut. To replace the file for each note would cost a fast fetch a quarter of its time.
 */
export class SideFile {
  readonly path: string
  readonly #clock: Clock
  /** Open to go on writing; of this run, so no line is torn. */
  #notes: FileHandle | undefined
  #length = 0
  #syncedAt = 0
  #isSynced = true

  constructor(file: string, clock: Clock) {
    this.path = `${file}.part.json`
    this.#clock = clock
  }

  /** @returns undefined when there is none, or none that can be used */
  async read(): Promise<SideState | undefined> {
    const text = await unlessMissing(readFile(this.path, 'utf8'), undefined)
    const notes = text?.split('\n').filter((line) => line !== '') ?? []
    for (const note of notes.toReversed()) {
      const value = jsonIn(note)
      if (value !== undefined) return stateIn(value)
    }
    return undefined
  }

  async write({ taskId, size, etag, have }: SideState): Promise<void> {
    const note = `${JSON.stringify({ version, taskId, size, etag, have: have.map(({ from, to }) => [from, to]) })}\n`
    if (this.#notes === undefined || this.#length > longest) await this.#begin(note)
    else await this.#goOn(this.#notes, note)
  }

  async #begin(note: string): Promise<void> {
    await this.close()
    await writeWhole(this.path, note)
    this.#notes = await open(this.path, toGoOn)
    this.#length = note.length
    this.#syncedAt = this.#clock.monotonic()
  }

  async #goOn(notes: FileHandle, note: string): Promise<void> {
    await notes.appendFile(note)
    this.#length += note.length
    this.#isSynced = false
    if (this.#clock.monotonic() - this.#syncedAt >= syncEveryMs) await this.sync()
  }

  /** All notes are on the disk. */
  async sync(): Promise<void> {
    if (this.#isSynced) return
    await this.#notes?.datasync()
    this.#isSynced = true
    this.#syncedAt = this.#clock.monotonic()
  }

  async remove(): Promise<void> {
    await this.close()
    await rm(this.path, { force: true })
    await rm(draftOf(this.path), { force: true })
  }

  async close(): Promise<void> {
    const notes = this.#notes
    this.#notes = undefined
    this.#isSynced = true
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
  if (written !== version || typeof taskId !== 'string' || typeof etag !== 'string' || !isOffset(size) || !Array.isArray(have))
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
