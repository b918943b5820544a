import { randomBytes } from 'node:crypto'
import { open, readlink, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { abortErrorOf, DbsError } from '@backset/core'

/** A file that is being written beside its final name. */
export interface Draft {
  readonly write: (content: string | Uint8Array) => Promise<void>
  /** Syncs, gives it its final name and syncs the folder. Until then an earlier file of that name stands untouched. */
  readonly finish: () => Promise<void>
  /** Removes it, unless it was finished. */
  readonly discard: () => Promise<void>
}

/**
 * Starts a file that appears whole or not at all. It is claimed at once, so that a folder that cannot be written to is known before anything is asked.
 * @throws DbsError `cannot-write`, or `disk-full`
 */
export async function openDraft(
  path: string,
  { signal, mode = 0o666 }: { readonly signal?: AbortSignal; readonly mode?: number } = {},
): Promise<Draft> {
  const target = await endOf(path) // a link stays, what it points at is replaced, or made
  if (target === undefined) throw streamError(path)
  const existing = await stat(target).catch(() => undefined)
  if (existing !== undefined && !existing.isFile()) throw writeError(path, { code: 'EISDIR' }) // a rename would put a file over a device or pipe
  const folder = dirname(target)
  const draft = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}.part`)
  const file = await open(draft, 'wx', existing?.mode ?? mode).catch((error: unknown) => {
    throw writeError(path, error)
  })
  let done = false
  return {
    async write(content) {
      if (signal?.aborted === true) throw abortErrorOf(signal)
      await file.writeFile(content).catch((error: unknown) => {
        throw writeError(path, error)
      })
    },
    async finish() {
      try {
        await file.sync()
        await file.close()
        await rename(draft, target)
        await syncFolder(folder)
      } catch (error) {
        throw writeError(path, error)
      }
      done = true
    },
    async discard() {
      if (done) return
      await closed(file)
      await rm(draft, { force: true })
    },
  }
}

const descriptors = /^\/(?:dev|proc\/\d+(?:\/task\/\d+)?)\/fd$/

/**
 * Where a path leads in the end, over all links; it need not be there. Undefined for what stands for an open stream, as /dev/stdout does: where that leads to a
 * file, others write to it too, and it may be appended to, but not replaced.
 */
async function endOf(path: string): Promise<string | undefined> {
  let at = resolve(path)
  for (let links = 0; links < 40; links++) {
    const folder = await realpath(dirname(at)).catch(() => dirname(at))
    if (descriptors.test(folder)) return undefined
    const next = await readlink(at).catch(() => undefined)
    if (next === undefined) return join(folder, basename(at))
    at = resolve(folder, next)
  }
  return at // links that lead in a circle, as the system says when it is opened
}

const streamError = (path: string): DbsError =>
  new DbsError('cannot-write', `${path} stands for a stream, and only a file can be written whole or not at all.`, {
    hint: 'Leave it out, and say with > or >> where stdout goes.',
  })

async function closed(file: FileHandle): Promise<void> {
  await file.close().catch(() => undefined) // it may be closed already; the draft goes in any case
}

/** So that the new name survives a power cut; a file system that cannot do it (Windows) keeps it in its own way. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is no regular file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota is used up',
  EFBIG: 'it grew over the largest size allowed here',
}

function writeError(path: string, error: unknown): DbsError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
  return new DbsError(full ? 'disk-full' : 'cannot-write', `${path} could not be written: ${reasons[code] ?? code}.`, {
    hint: full ? 'Make room or choose another disk; an earlier file of that name was left as it was.' : 'Choose another path.',
  })
}
