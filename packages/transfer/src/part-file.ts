import { constants } from 'node:fs'
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { unlessAborted } from '@backset/core'
import { diskErrorOf, unlessMissing } from './disk-errors.js'
import { addRange, bytesIn, wholeUntil, type Range } from './ranges.js'
import type { SideFile } from './side-file.js'
import { syncFolder } from './write-whole.js'

/** The file that all bytes of a part belong to. */
export interface Binding {
  readonly taskId: string
  readonly size: number
  /** Undefined: nothing is kept for a later run. */
  readonly etag: string | undefined
}

/** Bytes between two checkpoints: each costs a sync. */
const checkpointBytes = (size: number): number => Math.min(Math.max(Math.ceil(size / 128), 16 * 1024), 32 * 2 ** 20)

/**
 * So many bytes may be written while a checkpoint is under way. The next then covers as many, so a kill loses up to twice as many: a thirty-second of a file,
 * or 256 KiB of one under 8 MiB.
 */
const aheadBytes = (size: number): number => Math.max(2 * checkpointBytes(size), 128 * 1024)

/** `<file>.part`: bytes at their places, and at checkpoints a side file that says which of them are on the disk. */
export class PartFile {
  readonly path: string
  readonly #handle: FileHandle
  readonly #side: SideFile
  #binding: Binding | undefined
  #have: readonly Range[] = []
  /** Written since the last checkpoint began. */
  #unsynced = 0
  /** The last of the writes, which go one after another: so all connections together keep to what a kill may cost. The system would do one at a time, too. */
  #turn: Promise<unknown> = Promise.resolve()
  #checkpoint: Promise<void> | undefined
  /** Of a sync, or of the side file. */
  #failure: unknown
  /** The side file speaks of these bytes. */
  #isNoted = false

  private constructor(path: string, handle: FileHandle, side: SideFile) {
    this.path = path
    this.#handle = handle
    this.#side = side
  }

  /** Opens the part of a file, or begins one; a link in its place is not followed. */
  static async open(file: string, side: SideFile): Promise<PartFile> {
    const path = `${file}.part`
    let handle: FileHandle | undefined
    try {
      handle = await open(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600)
      await handle.chmod(0o600)
      return new PartFile(path, handle, side)
    } catch (error) {
      await handle?.close()
      throw diskErrorOf(error, path)
    }
  }

  /** Removes the side file of a part that is none any more: a kill after its renaming leaves it. */
  static async sweep(file: string, side: SideFile): Promise<void> {
    if ((await unlessMissing(lstat(`${file}.part`), undefined)) === undefined) await side.remove()
  }

  /** What an earlier run left of this task, when all that the side file names is there. */
  async resume(taskId: string): Promise<(Binding & { readonly etag: string }) | undefined> {
    this.#isNoted = true // until it is known better: what cannot be read now may be read by the next run
    let length: number
    try {
      ;({ size: length } = await this.#handle.stat())
    } catch (error) {
      throw diskErrorOf(error, this.path)
    }
    this.#isNoted = length > 0
    const state = await this.#side.read()
    this.#isNoted = state !== undefined && state.taskId === taskId && length >= (state.have.at(-1)?.to ?? 0)
    if (state === undefined || !this.#isNoted) return undefined
    const { size, etag, have } = state
    this.#have = have
    this.#binding = { taskId, size, etag }
    return { taskId, size, etag }
  }

  /** Begins anew, for this file. */
  async begin(binding: Binding | undefined): Promise<void> {
    try {
      await this.#quiet()
      await this.#side.remove() // before its bytes are gone, and for good
      await syncFolder(dirname(this.path))
      await this.#handle.truncate(0)
    } catch (error) {
      throw diskErrorOf(error, this.path)
    }
    this.#have = []
    this.#isNoted = false
    this.#unsynced = 0
    this.#binding = binding
  }

  /** What is written: sorted, apart from each other. */
  get have(): readonly Range[] {
    return this.#have
  }

  /** Whether a later run can go on from here. */
  get canBeResumed(): boolean {
    return this.#isNoted || (this.#failure === undefined && this.#binding?.etag !== undefined && this.#have.length > 0)
  }

  get bytes(): number {
    return bytesIn(this.#have)
  }

  get wholeUntil(): number {
    return wholeUntil(this.#have)
  }

  /** How much one of so many connections gathers before it writes. Each holds up to two, so all together hold what lies between two checkpoints, or less: but many small writes would cost more than they save. */
  batchBytes(connections: number): number {
    return Math.min(Math.max(checkpointBytes(this.#size) / (2 * connections), 16 * 1024), 2 ** 20)
  }

  /**
   * Writes in its turn; waits while a checkpoint is under way that does not cover what is written already, when that is much.
   * @param signal ends the waiting: what has come is written then without
   */
  async write(buffers: readonly Buffer[], at: number, signal: AbortSignal): Promise<void> {
    const written = this.#turn.then(() => this.#write(buffers, at, signal))
    this.#turn = written.catch(() => undefined)
    await written
  }

  async #write(buffers: readonly Buffer[], at: number, signal: AbortSignal): Promise<void> {
    let length = 0
    for (const { byteLength } of buffers) length += byteLength
    const ahead = aheadBytes(this.#size)
    while (this.#checkpoint !== undefined && this.#unsynced > 0 && this.#unsynced + length > ahead && !signal.aborted)
      await unlessAborted(this.#checkpoint, signal).catch(() => undefined)
    this.#check()
    try {
      const { bytesWritten } = await this.#handle.writev(buffers, at)
      // A disk that is nearly full takes a part of it.
      if (bytesWritten < length) await this.#writeRest(Buffer.concat(buffers).subarray(bytesWritten), at + bytesWritten)
    } catch (error) {
      throw diskErrorOf(error, this.path)
    }
    this.#have = addRange(this.#have, { from: at, to: at + length })
    this.#unsynced += length
    this.#checkpointWhenDue()
  }

  get #size(): number {
    return this.#binding?.size ?? 0
  }

  async #writeRest(bytes: Buffer, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;) done += (await this.#handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
  }

  #checkpointWhenDue(): void {
    if (this.#checkpoint !== undefined || this.#failure !== undefined || this.#binding?.etag === undefined) return
    if (this.#unsynced >= checkpointBytes(this.#size)) this.#checkpoint = this.#takeCheckpoint()
  }

  async #takeCheckpoint(): Promise<void> {
    try {
      await this.#syncAndNote()
    } catch (error) {
      this.#failure = error
    }
    this.#checkpoint = undefined
    this.#checkpointWhenDue() // before whoever waits goes on
  }

  /** First the bytes, then the word that they are there. */
  async #syncAndNote(isLast = false): Promise<void> {
    const { taskId, size, etag } = this.#binding ?? {}
    if (taskId === undefined || size === undefined || etag === undefined) return
    const have = this.#have
    this.#unsynced = 0
    await this.#handle.datasync()
    await this.#side.write({ taskId, size, etag, have }, isLast)
    this.#isNoted = true
  }

  /** No checkpoint is under way any more. */
  async #quiet(): Promise<void> {
    while (this.#checkpoint !== undefined) await this.#checkpoint
  }

  #check(): void {
    if (this.#failure !== undefined) throw diskErrorOf(this.#failure, this.path)
  }

  readonly read = async (buffer: Buffer, at: number): Promise<number> => (await this.#handle.read(buffer, 0, buffer.length, at)).bytesRead

  /**
   * So that a later run can go on from here. After a sync that failed nothing more is noted: the system then takes for written what it has lost, and the next
   * sync would succeed.
   */
  async keep(): Promise<void> {
    await this.#quiet()
    if (this.#failure === undefined && this.#have.length > 0) await this.#syncAndNote(true)
  }

  /** Synced to its last byte, and no longer than that. */
  async sync(size: number): Promise<void> {
    try {
      await this.#quiet()
      this.#check()
      await this.#handle.truncate(size)
      await this.#handle.sync()
    } catch (error) {
      this.#failure ??= error
      throw diskErrorOf(error, this.path)
    }
  }

  /** Gives it its final name; in its place is whatever stood there before, until then. */
  async publish(file: string): Promise<void> {
    await this.#handle.close()
    try {
      await rename(this.path, file)
    } catch (error) {
      throw diskErrorOf(error, file)
    }
    await syncFolder(dirname(file))
    await this.#side.remove().catch(() => undefined) // of no part any more, and the next run sweeps it
  }

  async discard(): Promise<void> {
    await this.#quiet()
    try {
      await this.#side.remove()
    } finally {
      await rm(this.path, { force: true })
    }
  }

  async close(): Promise<void> {
    await this.#quiet()
    await this.#side.close().catch(() => undefined) // what it could not say before, it does not say now
    await this.#handle.close().catch(() => undefined) // it may be closed already
  }
}
