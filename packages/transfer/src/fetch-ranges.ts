import { setMaxListeners } from 'node:events'
import { abortErrorOf } from '@backset/core'
import type { FetchProgress } from './fetch-options.js'
import { checkDiskSpace } from './disk-space.js'
import { Checksums } from './checksums.js'
import type { Network } from './link-source.js'
import type { PartFile } from './part-file.js'
import { isTransient, openRange, Patience, type OpenerParts, type OpenRange } from './range-opener.js'
import type { Bound } from './range-request.js'
import { bytesIn, missingRanges, takePiece, type Range } from './ranges.js'
import { FileChanged, NoLength, NoRanges, StreamCut } from './setbacks.js'
import { WrongFileError } from './wrong-file-error.js'

export interface FetchParts extends OpenerParts {
  readonly taskId: string
  readonly folder: string
  readonly connections: number
  readonly part: PartFile
  readonly signal: AbortSignal
  /** Called after each write. */
  readonly onBytes: (progress: Omit<FetchProgress, 'taskId'>) => void
}

/** A part that holds all bytes of one file, compared with what its host announced. */
export interface Fetched {
  readonly size: number
  readonly etag: string | undefined
  readonly host: string
  readonly network: Network
  readonly sha256: string
  readonly compared: readonly ('content-md5' | 'crc64')[]
  /** Bytes that an earlier run had left and this one kept. */
  readonly resumedFrom: number
}

/** Before the size is known, so much is asked for: a small file comes with it, and a large one goes on in pieces meanwhile. */
const firstPiece = 8 * 2 ** 20

/** A file that changes more often while it is read will not stand still. */
const mostChanges = 3

/** Brings all bytes of the file into the part, begins anew when it turns out to be another one, and compares what was announced. */
export async function fetchRanges(parts: FetchParts): Promise<Fetched> {
  const { part, signal } = parts
  const patience = new Patience(parts)
  const restarts = new Patience(parts)
  // One connection asks for a whole file as a whole: then its Content-MD5 can be compared.
  let asking: Asking = parts.connections === 1 ? 'whole-first' : 'ranges'
  const left = await part.resume(parts.taskId)
  let bound: Bound | undefined = left && { ...left, inRanges: true }
  for (let changes = 0; ;) {
    try {
      return await onePass(parts, patience, asking, bound)
    } catch (error) {
      if (error instanceof NoRanges && asking !== 'stream') asking = 'stream'
      else if (error instanceof NoLength && asking === 'whole-first') asking = 'ranges'
      else if (error instanceof FileChanged && changes < mostChanges) changes += 1
      else if (error instanceof FileChanged)
        throw new WrongFileError('The file kept changing while it was fetched.', { hint: 'Fetch it when nothing writes to it any more.' })
      else if (error instanceof NoRanges) throw new WrongFileError('The host answers each request in another way.')
      else if (error instanceof StreamCut) await restarts.after(error.cause, signal)
      else throw error
      bound = undefined
      await part.begin(undefined)
    }
  }
}

/** How a file that nothing is there of is asked for. `stream`: once, and it cannot be gone on with. */
type Asking = 'whole-first' | 'ranges' | 'stream'

async function onePass(parts: FetchParts, patience: Patience, asking: Asking, resumed: Bound | undefined): Promise<Fetched> {
  const resumedFrom = parts.part.bytes
  const { part, taskId, folder, connections, roads } = parts
  const missing = resumed === undefined ? [] : toAsk(resumed.size, part.have)
  const opening = takePiece(missing, connections)
  const range = opening?.piece ?? (asking === 'ranges' ? { from: 0, to: firstPiece } : undefined)
  const first = await openRange(parts, patience, range, resumed, parts.signal)
  try {
    const { size, host, network, isWhole } = first
    const etag = asking === 'stream' ? undefined : first.etag
    if (etag === undefined && !isWhole) throw new NoRanges('It gives no validator.')
    if (first.announcedSize !== undefined && first.announcedSize !== size)
      throw new WrongFileError(`${host} has a file of ${size} bytes, but ${first.announcedSize} were announced.`)
    if (resumed === undefined) await part.begin({ taskId, size, etag })
    roads.blocks.limitReads(part.batchBytes(connections) / 4) // a batch is not to be much more than it may be
    await checkDiskSpace(folder, size - part.bytes)
    const rest = opening?.rest ?? missingRanges(size, [first.range])
    const checksums = new Checksums({ contentMd5: first.contentMd5, crc64: first.crc64 })
    await allPieces(
      {
        ...parts,
        checksums,
        bound: etag === undefined ? undefined : { etag, size, inRanges: resumed !== undefined || !isWhole },
        size,
        resumedFrom,
      },
      patience,
      first,
      rest,
    )
    await checksums.advance(size, part.read)
    return { size, etag: first.etag, host, network, resumedFrom, ...checksums.finish(host) }
  } finally {
    first.close()
  }
}

/** What is missing; of a part that is whole already its last byte, to see that the file is still the same and what it announces. */
function toAsk(size: number, have: readonly Range[]): readonly Range[] {
  const missing = missingRanges(size, have)
  return bytesIn(missing) > 0 ? missing : [{ from: Math.max(0, size - 1), to: size }]
}

interface PieceParts extends FetchParts {
  readonly checksums: Checksums
  readonly bound: Bound | undefined
  readonly size: number
  readonly resumedFrom: number
}

/** As many workers as connections, each with the next piece in the file's order, so that the front moves on. The first failure ends all. */
async function allPieces(parts: PieceParts, patience: Patience, first: OpenRange, missing: readonly Range[]): Promise<void> {
  let left = missing
  const next = (): Range | undefined => {
    const taken = takePiece(left, parts.connections)
    left = taken?.rest ?? []
    return taken?.piece
  }
  const group = new AbortController()
  setMaxListeners(0, group.signal)
  const leave = (): void => group.abort(parts.signal.reason)
  parts.signal.addEventListener('abort', leave, { once: true })
  if (parts.signal.aborted) leave()
  const failures: unknown[] = []
  const worker = async (own: Patience, opened?: OpenRange): Promise<void> => {
    try {
      if (opened !== undefined) await onePiece(parts, own, opened.range, opened, group.signal)
      for (let piece = next(); piece !== undefined; piece = next()) await onePiece(parts, own, piece, undefined, group.signal)
    } catch (error) {
      failures.push(error)
      group.abort(error)
    }
  }
  const others = missing.length === 0 ? 0 : parts.connections - 1
  // The first answer was asked for under the whole work's signal.
  const stopFirst = (): void => first.close()
  group.signal.addEventListener('abort', stopFirst, { once: true })
  try {
    await Promise.all([worker(patience, first), ...Array.from({ length: others }, () => worker(new Patience(parts)))])
  } finally {
    parts.signal.removeEventListener('abort', leave)
  }
  if (parts.signal.aborted) throw abortErrorOf(parts.signal)
  if (failures.length > 0) throw failures[0]
}

/** One piece, by as many answers as it takes: what has come stays. */
async function onePiece(
  parts: PieceParts,
  patience: Patience,
  piece: Range,
  opened: OpenRange | undefined,
  signal: AbortSignal,
): Promise<void> {
  const place = { at: piece.from }
  for (let answer = opened; place.at < piece.to; answer = undefined) {
    answer ??= await openRange(parts, patience, { from: place.at, to: piece.to }, parts.bound, signal)
    try {
      await pump({ ...parts, signal }, answer, place, patience)
    } catch (error) {
      if (!signal.aborted && parts.bound === undefined && isTransient(error)) throw new StreamCut(error)
      if (signal.aborted) throw error
      await patience.after(error, signal)
    } finally {
      answer.close()
    }
  }
}

/** Over a slow road a batch would take so long that nothing seems to move, and a kill would cost it. */
const mostGatheringMs = 500

/** A host may send a byte at a time, and each chunk takes room of its own. */
const mostChunks = 1024

/** Writes an answer's bytes as they come, while the next are read. `place` is where they go on; what was taken from the network is written in any case. */
async function pump(parts: PieceParts, { deliver, host, network }: OpenRange, place: { at: number }, patience: Patience): Promise<void> {
  const { part, checksums, size, links, roads, connections, clock, signal } = parts
  let [batch, length]: [Buffer[], number] = [[], 0]
  let writing: Promise<void> | undefined
  let flushedAt = clock.monotonic()
  const doneUntil = roads.blocks.ofAnswer()
  const write = async (chunks: readonly Buffer[], at: number): Promise<void> => {
    await part.write(chunks, at, signal)
    const last = chunks.at(-1)
    if (last !== undefined) doneUntil(last)
  }
  const flush = async (): Promise<void> => {
    await writing
    writing = write(batch, place.at)
    writing.catch(() => undefined) // whoever awaits it next hears of it
    place.at += length
    flushedAt = clock.monotonic()
    patience.forgive()
    links.worked()
    ;[batch, length] = [[], 0]
    moveFront(parts)
    parts.onBytes({ bytes: part.bytes, size, resumedFrom: parts.resumedFrom, host, network })
  }
  try {
    await deliver((chunk) => {
      if (place.at === 0 && length === 0) checkBeginning(chunk, host)
      checksums.offer(chunk, place.at + length)
      batch.push(chunk)
      length += chunk.length
      const isSmall = length < part.batchBytes(connections) && batch.length < mostChunks
      return isSmall && clock.monotonic() - flushedAt < mostGatheringMs ? undefined : flush()
    })
  } finally {
    if (length > 0) await flush()
    await writing
    moveFront(parts)
    parts.onBytes({ bytes: part.bytes, size, resumedFrom: parts.resumedFrom, host, network })
  }
}

/** Hashes on behind the ranges; a failure to read shows again at the end. */
function moveFront({ part, checksums }: PieceParts): void {
  if (!checksums.isReading && part.wholeUntil > checksums.front) checksums.advance(part.wholeUntil, part.read).catch(() => undefined)
}

function checkBeginning(chunk: Buffer, host: string): void {
  if (/^\s*<(?:!doctype\s+html|html|head)\b/i.test(chunk.subarray(0, 200).toString('latin1')))
    throw new WrongFileError(`${host} sent a web page in place of the file.`, {
      hint: 'A proxy or a login page may stand between; see where the link leads.',
    })
}
