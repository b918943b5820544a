import { createCipheriv, createHash } from 'node:crypto'
import { draw, mixText } from '../world/random.js'
import { Crc64 } from './crc64.js'

export interface FileSettings {
  /** Size of every file; from the seed when undefined. */
  readonly bytes?: number | undefined
  readonly version: number
  readonly ignoreRange: boolean
  readonly checksums: boolean
  readonly etag: 'strong' | 'weak' | 'none'
  /** The most that one connection gets. */
  readonly bytesPerSecond?: number | undefined
}

export interface Checksums {
  /** Base64, as Content-MD5 has it. */
  readonly contentMd5: string
  /** Decimal, as x-oss-hash-crc64ecma has it. */
  readonly crc64: string
}

const step = 64 * 1024
const block = 16

/** Larger files go without checksums: computing them would hold up everybody else. */
const mostChecked = 64 * 1024 * 1024

/** The file of a task: bytes that are a pure function of seed, task and version, made when they are read. They look random and are no archive. */
export class BackupFile {
  readonly size: number
  readonly #key: Buffer

  constructor(seed: number, taskId: string, { bytes, version }: FileSettings) {
    const hash = mixText(seed, taskId)
    this.size = bytes ?? (draw(hash, 0, 8) === 0 ? 1_000_000 + draw(hash, 1, 4_000_000) : 1000 + draw(hash, 2, 200_000))
    this.#key = createHash('sha256').update(`${seed} ${taskId} ${version}`).digest().subarray(0, block)
  }

  /** The bytes from `from` to before `to`, 64 KiB at a time. AES in counter mode can begin at any block. */
  *read(from = 0, to = this.size): Generator<Buffer, void, undefined> {
    const skip = from % block
    const counter = Buffer.alloc(block)
    counter.writeBigUInt64BE(BigInt((from - skip) / block), 8)
    const cipher = createCipheriv('aes-128-ctr', this.#key, counter)
    cipher.update(Buffer.alloc(skip))
    for (let at = from; at < to; at += step) yield cipher.update(Buffer.alloc(Math.min(step, to - at)))
  }

  /** Names these bytes; known without reading them. */
  get etag(): string {
    return `"${this.#key.toString('hex').toUpperCase()}"`
  }

  /** MD5 and CRC-64 of the whole file; undefined beyond 64 MiB. */
  checksums(): Checksums | undefined {
    if (this.size > mostChecked) return undefined
    const md5 = createHash('md5')
    const crc = new Crc64()
    for (const chunk of this.read()) {
      md5.update(chunk)
      crc.update(chunk)
    }
    return { contentMd5: md5.digest('base64'), crc64: crc.digest() }
  }
}
