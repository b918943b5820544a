import type { Socket } from 'node:net'
import { buildConnector } from 'undici'

export const blockBytes = 256 * 1024
/** As much as Node reads at once of its own accord. */
const nodesReadBytes = 64 * 1024

/** More than the bytes of a connection that wait to be written. */
const longestLine = 16

/** The blocks that one connection reads into, in the order of reading; the last is being filled. */
type Line = Buffer[]

/**
 * Memory that sockets read into again and again. Of its own accord Node takes fresh memory for each read, and its collector then costs a fetch more than
 * the hash of the bytes does.
 *
 * A block is used again when whoever took its bytes says that they are done with. Who does not tell loses nothing but speed: then blocks are collected like
 * any memory.
 */
export class ReadBlocks {
  readonly #free: Buffer[] = []
  readonly #lineOf = new WeakMap<ArrayBufferLike, Line>()
  #readBytes = nodesReadBytes

  /**
   * How much is read at once at most, bytes, held between 64 KiB (the default) and a block. Each read costs a round through Node's loop; but what a read has
   * brought, a kill takes until it is written.
   */
  limitReads(bytes: number): void {
    this.#readBytes = Math.min(Math.max(Math.floor(bytes), nodesReadBytes), blockBytes)
  }

  /** Connects as undici would, to sockets that read into these blocks. */
  connector(options: buildConnector.BuildOptions): buildConnector.connector {
    return (target, callback) => {
      let socket: Socket | null = null
      const line: Line = []
      let at = 0
      const room = (): Buffer => {
        if (line.length === 0 || at + nodesReadBytes > blockBytes) {
          line.push(this.#blockFor(line))
          if (line.length > longestLine) line.shift() // nobody tells; it is collected when its bytes are
          at = 0
        }
        return (line.at(-1) as Buffer).subarray(at, at + this.#readBytes)
      }
      const onRead = (length: number, read: Uint8Array): boolean => {
        at += length
        return socket?.push(read.subarray(0, length)) ?? false // nothing is read before it is connected
      }
      const connect = buildConnector({ ...options, onread: { buffer: room, callback: onRead } })
      connect(target, (...result) => {
        ;[, socket] = result
        callback(...result)
      })
    }
  }

  #blockFor(line: Line): Buffer {
    const block = this.#free.pop() ?? Buffer.allocUnsafeSlow(blockBytes)
    this.#lineOf.set(block.buffer, line)
    return block
  }

  /**
   * For whoever takes one answer: to be told each time that a chunk of it, and all before it, is done with, in the order of reading: written, and looked at
   * by nobody any more. Blocks between the first chunk that is told and the last hold bytes of this answer alone; those at its ends may hold some of the
   * answers before and after it, whose takers may be slower, and stay with the connection until it has read on.
   */
  ofAnswer(): (chunk: Buffer) => void {
    let first: ArrayBufferLike | undefined
    return (chunk) => {
      const line = this.#lineOf.get(chunk.buffer)
      if (line === undefined) return // joined by the stream, in memory of its own
      first ??= chunk.buffer
      const from = line.findIndex(({ buffer }) => buffer === first)
      const until = line.findIndex(({ buffer }) => buffer === chunk.buffer)
      if (from !== -1 && until > from + 1) this.#free.push(...line.splice(from + 1, until - from - 1))
    }
  }
}
