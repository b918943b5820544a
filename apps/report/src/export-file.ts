import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { makeFolder } from '@backset/core'
import { openDraft } from '@backset/formats'

/** What a file holds. */
export interface FileFacts {
  readonly bytes: number
  readonly sha256: string
}

/** A file that is written whole beside its final name, and hashed while it is. */
export interface ExportFile {
  /** Takes everything there is to write. */
  readonly fill: (chunks: AsyncIterable<string | Uint8Array>) => Promise<FileFacts>
  /** Gives it its final name. */
  readonly publish: () => Promise<void>
  /** Removes it, unless it was published. */
  readonly discard: () => Promise<void>
}

/** Bytes that are gathered for one write. */
const writeBytes = 128 * 1024

/**
 * Starts a file and claims its place.
 * @throws DbsError `cannot-write` or `disk-full`, also while it is filled
 */
export async function openExportFile(
  path: string,
  { gzip, signal }: { readonly gzip: boolean; readonly signal: AbortSignal },
): Promise<ExportFile> {
  await makeFolder(dirname(path)).catch(() => undefined) // openDraft says what is wrong with it
  const draft = await openDraft(path, { signal })
  return {
    async fill(chunks) {
      const hash = createHash('sha256')
      let bytes = 0
      for await (const block of blocks(gzip ? gzipped(chunks) : chunks)) {
        hash.update(block)
        bytes += block.length
        await draft.write(block)
      }
      return { bytes, sha256: hash.digest('hex') }
    },
    publish: draft.finish,
    discard: draft.discard,
  }
}

/** The same as a gzip file. Its header bears no time and no name (RFC 1952: MTIME 0), so that equal rows make equal bytes. */
async function* gzipped(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const gzip = createGzip()
  const fed = pipeline(Readable.from(chunks), gzip)
  fed.catch(() => undefined) // it breaks off the loop below
  for await (const block of gzip) yield block as Uint8Array
  await fed
}

async function* blocks(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let [held, size] = [[] as Uint8Array[], 0]
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    held.push(bytes)
    size += bytes.length
    if (size < writeBytes) continue
    yield Buffer.concat(held, size)
    ;[held, size] = [[], 0]
  }
  if (size > 0) yield Buffer.concat(held, size)
}

/** Removes drafts of a file whose writer was killed. Only for who alone may write it. */
export async function removeDrafts(path: string): Promise<void> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  const isDraft = (name: string): boolean =>
    name.startsWith(`.${basename(path)}.`) && /^[0-9a-f]{12}\.part$/.test(name.slice(basename(path).length + 2))
  await Promise.all(names.filter(isDraft).map(async (name) => rm(join(folder, name), { force: true })))
}
