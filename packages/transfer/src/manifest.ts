import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { unlessMissing } from './disk-errors.js'
import { writeWhole } from './write-whole.js'

/** Facts beside a fetched file. It holds no link and no query of one. */
export interface Manifest {
  readonly taskId: string
  /** Name of the file, without its folder. */
  readonly file: string
  readonly bytes: number
  /** Hexadecimal, of the whole file. */
  readonly sha256: string
  /** Where it came from: the host with its port. */
  readonly sourceHost: string
  readonly network: 'internet' | 'intranet'
  readonly etag: string | undefined
  /** What the host sent with it and what it was compared with; the size always. */
  readonly checked: readonly ('size' | 'content-md5' | 'crc64')[]
  /** ISO 8601. */
  readonly startedAt: string
  readonly finishedAt: string
}

export const manifestPath = (file: string): string => `${file}.manifest.json`

export const writeManifest = (file: string, manifest: Manifest): Promise<void> =>
  writeWhole(manifestPath(file), `${JSON.stringify({ version: 1, ...manifest }, undefined, 2)}\n`)

/** What stands under a file's name. */
export type Standing =
  | { readonly kind: 'nothing' }
  /** The file is what its manifest says; its hash was computed anew. */
  | { readonly kind: 'whole'; readonly bytes: number; readonly sha256: string }
  /** Something else. */
  | { readonly kind: 'foreign'; readonly reason: string }

/** Looks at the file and its manifest. It reads the whole file: size and time alone would not tell a changed byte. */
export async function whatStands(file: string, taskId: string, signal: AbortSignal): Promise<Standing> {
  const stats = await unlessMissing(lstat(file), undefined)
  if (stats === undefined) return { kind: 'nothing' }
  if (!stats.isFile()) return { kind: 'foreign', reason: 'it is no regular file' }
  const manifest = await readManifest(file)
  if (manifest === undefined) return { kind: 'foreign', reason: 'it has no manifest beside it' }
  if (manifest.taskId !== taskId) return { kind: 'foreign', reason: 'its manifest is of another task' }
  if (manifest.bytes !== stats.size) return { kind: 'foreign', reason: `it has ${stats.size} bytes, its manifest says ${manifest.bytes}` }
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash, { signal })
  if (hash.digest('hex') !== manifest.sha256) return { kind: 'foreign', reason: 'its SHA-256 is not that of its manifest' }
  return { kind: 'whole', bytes: manifest.bytes, sha256: manifest.sha256 }
}

async function readManifest(file: string): Promise<Pick<Manifest, 'taskId' | 'bytes' | 'sha256'> | undefined> {
  const text = await unlessMissing(readFile(manifestPath(file), 'utf8'), undefined)
  if (text === undefined) return undefined
  try {
    const { taskId, bytes, sha256 } = JSON.parse(text) as Readonly<Record<string, unknown>>
    return typeof taskId === 'string' && typeof bytes === 'number' && typeof sha256 === 'string' ? { taskId, bytes, sha256 } : undefined
  } catch {
    return undefined
  }
}
