import { randomBytes } from 'node:crypto'
import { link, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { DbsError, makeFolder } from '@backset/core'

/** The variable that holds the key, for replicas that have to read each other's cursors. A command line is no place for it. */
export const cursorKeyVariable = 'BACKSET_CURSOR_KEY'

const keyBytes = 32

export interface CursorKey {
  readonly key: Uint8Array
  /** Where it is from, in words. */
  readonly source: string
  /** Whether it ends with the process, and the cursors with it. */
  readonly isPassing: boolean
}

/**
 * The key that cursors are signed with: of the environment, else of the state folder, where it is made at the first start, else a passing one. It is never
 * derived from anything that opens something else.
 * @throws DbsError `invalid-setting` when the key is too short, or its file could be read by others
 */
export async function openCursorKey(env: Readonly<Record<string, string | undefined>>, stateDir: string | undefined): Promise<CursorKey> {
  const text = env[cursorKeyVariable]
  if (text !== undefined && text !== '') return { key: decode(text), source: cursorKeyVariable, isPassing: false }
  if (stateDir === undefined) return { key: randomBytes(keyBytes), source: 'this process', isPassing: true }
  const file = join(stateDir, 'cursor.key')
  try {
    await makeFolder(stateDir, 0o700)
    return { key: (await read(file)) ?? (await make(file)), source: file, isPassing: false }
  } catch (error) {
    if (error instanceof DbsError || !(error instanceof Error)) throw error
    throw unusable(file, `it cannot be used: ${codeOf(error) ?? error.message}`, 'Name a folder that this user may write with --state-dir.')
  }
}

/** Hex or base64, in either alphabet. */
function decode(text: string): Uint8Array {
  const trimmed = text.trim()
  const isHex = /^([0-9a-f]{2})+$/i.test(trimmed)
  const key = isHex ? Buffer.from(trimmed, 'hex') : /^[A-Za-z0-9+/_-]+=*$/.test(trimmed) ? Buffer.from(trimmed, 'base64') : undefined
  if (key !== undefined && key.length >= keyBytes) return key
  const hint = 'openssl rand -hex 32 makes one.'
  throw new DbsError('invalid-setting', `${cursorKeyVariable} holds no key: it takes ${keyBytes} bytes or more in hex or base64.`, { hint })
}

/** The key of a file; undefined where there is none. */
async function read(file: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (handle === undefined) return undefined
  await using opened = closing(handle)
  const { mode } = await opened.handle.stat() // of what was opened, not of what has that name now
  if ((mode & 0o077) !== 0) throw unusable(file, 'others may read it', `chmod 600 ${file}`)
  const key = await opened.handle.readFile()
  if (key.length !== keyBytes)
    throw unusable(
      file,
      `it has ${key.length} bytes instead of ${keyBytes}`,
      'Take it away, and a new one is made; cursors that are out end.',
    )
  return key
}

/** Makes the file whole under another name and links it, so that of two first starts at once both have the key of the first. */
async function make(file: string): Promise<Uint8Array> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const key = randomBytes(keyBytes)
  try {
    {
      await using opened = closing(await open(draft, 'wx', 0o600))
      await opened.handle.writeFile(key)
      await opened.handle.sync()
    }
    await link(draft, file)
    return key
  } catch (error) {
    const others = codeOf(error) === 'EEXIST' ? await read(file) : undefined
    if (others === undefined) throw error
    return others
  } finally {
    await rm(draft, { force: true })
  }
}

const closing = (handle: FileHandle) => ({ handle, [Symbol.asyncDispose]: () => handle.close() })

const unusable = (file: string, why: string, hint: string): DbsError =>
  new DbsError('invalid-setting', `${file} is no key for cursors: ${why}.`, { hint })

const codeOf = (error: unknown): string | undefined => (error instanceof Error && 'code' in error ? String(error.code) : undefined)
