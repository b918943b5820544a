import { randomUUID } from 'node:crypto'
import { link, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '@backset/core'
import * as z from 'zod'
import { isGone, ownIdentity } from './process-identity.js'
import { stateError } from './state-error.js'

/** How long a lock holds that nobody renews. */
export const leaseMs = 20_000

/** Who holds a lock, as the lock file tells it. */
const Holder = z.object({
  token: z.string(),
  owner: z.string(),
  due: z.string().optional(),
  process: z.object({ machine: z.string(), pid: z.number(), start: z.string() }).optional(),
})
export type Holder = z.infer<typeof Holder>

export interface HeldLock {
  readonly token: string
  /** Holds it for a lease more; false when it was not renewed in time and another took it. */
  readonly renew: () => Promise<boolean>
  readonly release: () => Promise<void>
}

export type LockAnswer = { readonly held: HeldLock } | { readonly held: undefined; readonly holder: Holder | undefined }

/**
 * Takes a lock that holds across processes and machines with a shared disk, or says who has it.
 *
 * Lock files are numbered, `<name>.<n>.lock`: whoever finds the last one lapsed makes the next number, which only one can do, and takes away the old. So a lock
 * that lapsed can be taken over without the gap in which two would do it. Ages are told by the disk alone, from the times it gave to two files: machines need
 * not agree on the time. A process of this machine that is gone holds nothing; another machine's holds its lock to the end of the lease.
 * @throws DbsError `cannot-write`, or `disk-full`
 */
export async function takeLock(
  folder: string,
  name: string,
  claimant: { readonly owner: string; readonly due?: string | undefined },
): Promise<LockAnswer> {
  return tryLock(folder, name, claimant).catch((error: unknown) => {
    throw stateError(folder, error)
  })
}

async function tryLock(
  folder: string,
  name: string,
  { owner, due }: { readonly owner: string; readonly due?: string | undefined },
): Promise<LockAnswer> {
  await makeFolder(folder)
  const process = await ownIdentity()
  const holder: Holder = { token: randomUUID(), owner, ...(due !== undefined && { due }), ...(process !== undefined && { process }) }
  const claim = join(folder, `.${holder.token}.claim`)
  try {
    await writeFile(claim, JSON.stringify(holder), { flag: 'wx' })
    const now = (await stat(claim)).mtimeMs
    const standing = await locksOf(folder, name)
    for (const lock of standing) {
      if (await holds(lock, now, process)) return { held: undefined, holder: lock.holder }
    }
    const number = (standing.at(-1)?.number ?? 0) + 1
    const path = join(folder, `${name}.${number}.lock`)
    if (!(await appears(claim, path))) return { held: undefined, holder: (await lockAt(path, number))?.holder }
    // Another may have seen older locks than these, and made one under another number.
    const others = (await locksOf(folder, name)).filter((lock) => lock.number !== number)
    for (const lock of others) {
      if (await holds(lock, now, process)) {
        await rm(path, { force: true })
        return { held: undefined, holder: lock.holder }
      }
      await rm(lock.path, { force: true })
    }
    return { held: heldLock(path, holder) }
  } finally {
    await rm(claim, { force: true })
  }
}

/** What the disk says the time is, epoch milliseconds. */
export async function folderTime(folder: string): Promise<number> {
  await makeFolder(folder)
  const path = join(folder, `.${randomUUID()}.time`)
  try {
    await writeFile(path, '', { flag: 'wx' })
    return (await stat(path)).mtimeMs
  } finally {
    await rm(path, { force: true })
  }
}

/** Who holds a lock now. */
export async function holderOf(folder: string, name: string): Promise<Holder | undefined> {
  const locks = await locksOf(folder, name)
  if (locks.length === 0) return undefined
  const [now, process] = [await folderTime(folder), await ownIdentity()]
  for (const lock of locks) if (await holds(lock, now, process)) return lock.holder
  return undefined
}

interface Lock {
  readonly path: string
  readonly number: number
  readonly renewedMs: number
  /** Undefined while it is being written, and where it was damaged. */
  readonly holder: Holder | undefined
}

/** A time that is more than a lease ahead is of before a clock was set back: who still holds the lock gives it a new one before long. */
const holds = async ({ renewedMs, holder }: Lock, now: number, own: Holder['process']): Promise<boolean> =>
  Math.abs(now - renewedMs) <= leaseMs && !(holder?.process !== undefined && (await isGone(holder.process, own)))

async function locksOf(folder: string, name: string): Promise<readonly Lock[]> {
  const numbers = (await readdir(folder)).flatMap((file) => {
    const number = file.startsWith(`${name}.`) ? /^(\d{1,15})\.lock$/.exec(file.slice(name.length + 1))?.[1] : undefined
    return number === undefined ? [] : [Number(number)]
  })
  const locks = await Promise.all(numbers.map((number) => lockAt(join(folder, `${name}.${number}.lock`), number)))
  return locks.filter((lock) => lock !== undefined).toSorted((a, b) => a.number - b.number)
}

/** Undefined for one that was released meanwhile. */
async function lockAt(path: string, number: number): Promise<Lock | undefined> {
  try {
    const [{ mtimeMs }, text] = await Promise.all([stat(path), readFile(path, 'utf8')])
    return { path, number, renewedMs: mtimeMs, holder: holderIn(text) }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Gives a file a second name, unless that is taken: it appears with all it holds. */
async function appears(file: string, path: string): Promise<boolean> {
  try {
    await link(file, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // A file system without hard links.
    return writeFile(path, await readFile(file), { flag: 'wx' }).then(
      () => true,
      (failure: unknown) => {
        if (codeOf(failure) === 'EEXIST') return false
        throw failure
      },
    )
  }
  return true
}

function heldLock(path: string, holder: Holder): HeldLock {
  const text = JSON.stringify(holder)
  const isOurs = async (): Promise<boolean> => (await lockAt(path, 0))?.holder?.token === holder.token
  return {
    token: holder.token,
    async renew() {
      if (!(await isOurs())) return false
      try {
        // Writing gives it the disk's time; utimes would give it this machine's. It is opened only where it stands: a lock that was taken over stays away.
        await using file = await open(path, 'r+')
        await file.write(text, 0)
        return true
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false
        throw error
      }
    },
    async release() {
      if (await isOurs()) await rm(path, { force: true })
    },
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
