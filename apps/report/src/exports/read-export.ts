import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { abortErrorOf, DbsError } from '@backset/core'
import { wrongFile } from './wrong-file.js'

/** The bytes of a file as they come. @throws DbsError `wrong-file` when it cannot be read */
export async function* bytesOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      if (signal.aborted) throw abortErrorOf(signal)
      yield chunk as Uint8Array
    }
  } catch (error) {
    if (error instanceof DbsError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw wrongFile(unreadable[code] ?? `It cannot be read: ${code}.`)
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'It is not there.',
  EACCES: 'You may not read it.',
  EISDIR: 'It is a folder.',
}

/** The text of an export. @throws DbsError `wrong-file` for broken gzip and for what is not UTF-8 */
export async function* textOf(
  bytes: AsyncIterable<Uint8Array>,
  { gzip }: { readonly gzip: boolean },
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true }) // it drops a BOM
  const decoded = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw wrongFile('It is not UTF-8.')
    }
  }
  for await (const chunk of gzip ? unzipped(bytes) : bytes) yield decoded(chunk)
  yield decoded()
}

async function* unzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const gunzip = createGunzip()
  const source = Readable.from(bytes)
  source.once('error', (error) => gunzip.destroy(error)) // `pipe` leaves that to us
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Uint8Array
  } catch (error) {
    throw error instanceof DbsError ? error : wrongFile('Its gzip is broken, or breaks off.')
  } finally {
    source.destroy()
  }
}
