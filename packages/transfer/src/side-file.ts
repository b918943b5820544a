import { readFile, rm } from 'node:fs/promises'
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

/** The file beside the part. Its writer syncs the bytes first, so what it says is there outlives a kill and a power cut. */
export class SideFile {
  readonly path: string

  constructor(file: string) {
    this.path = `${file}.part.json`
  }

  /** @returns undefined when there is none, or none that can be used */
  async read(): Promise<SideState | undefined> {
    const text = await unlessMissing(readFile(this.path, 'utf8'), undefined)
    return text === undefined ? undefined : parse(text)
  }

  async write({ taskId, size, etag, have }: SideState): Promise<void> {
    await writeWhole(this.path, `${JSON.stringify({ version, taskId, size, etag, have: have.map(({ from, to }) => [from, to]) })}\n`)
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true })
    await rm(draftOf(this.path), { force: true })
  }
}

function parse(text: string): SideState | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
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
