import { randomBytes } from 'node:crypto'
import { link, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { DbsError, systemClock } from '@backset/core'
import { systemWord, unlessMissing } from './disk-errors.js'

/** Who holds a lock. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, in the kernel's count: a later process may have the same id. Undefined where the kernel does not tell. */
  readonly born: string | undefined
  readonly nonce: string
}

/** A holder on another machine (a shared folder, or another container) is taken for dead when it has not touched its lock for so long. */
const silentMs = 60_000
const touchEveryMs = 15_000

/** Locks of this process, and what may become one: its own id tells nothing of them. */
const ours = new Set<string>()

/**
 * Takes `<file>.lock`, so that one process at a time fetches a file. The lock of a process that has ended is taken over at once.
 * @returns what frees it
 * @throws DbsError `cannot-write` when a living process holds it
 */
export async function lockFile(file: string): Promise<AsyncDisposable> {
  const path = `${file}.lock`
  const me: Holder = { pid: ownPid(), host: hostname(), born: await bornOf(ownPid()), nonce: randomBytes(8).toString('hex') }
  ours.add(me.nonce)
  try {
    for (let attempt = 1; !(await claim(path, me)); attempt++) {
      const text = (await unlessMissing(readFile(path, 'utf8'), undefined)) ?? ''
      const holder = parse(text)
      if (attempt > 3 || !(await isDead(holder, await silentFor(path)))) throw held(path, holder)
      await takeAway(path, text)
    }
  } catch (error) {
    ours.delete(me.nonce)
    throw error
  }
  await sweep(path).catch(() => undefined) // what stays is swept another time
  const over = new AbortController()
  const touching = touch(path, over.signal)
  return {
    async [Symbol.asyncDispose]() {
      over.abort()
      await touching
      ours.delete(me.nonce)
      const text = await readFile(path, 'utf8').catch(() => '')
      if (parse(text)?.nonce === me.nonce) await rm(path, { force: true })
    },
  }
}

async function claim(path: string, me: Holder): Promise<boolean> {
  const draft = `${path}.${me.nonce}`
  try {
    const file = await open(draft, 'wx', 0o600)
    await file.writeFile(JSON.stringify(me))
    await file.close()
    await link(draft, path) // whole at once: nobody reads half a lock
    return true
  } catch (error) {
    if (systemWord(error) !== 'EEXIST') throw error
    return false
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

/** Removes a dead holder's lock, unless another was quicker and it is theirs now. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString('hex')}`
  await unlessMissing(rename(path, aside), undefined)
  const taken = await unlessMissing(readFile(aside, 'utf8'), text)
  if (taken !== text) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

/** Removes what claims have left that were killed on their way: those of processes that may live go on. */
async function sweep(path: string): Promise<void> {
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    if (!name.startsWith(`${basename(path)}.`)) continue
    const draft = join(dirname(path), name)
    const holder = parse(await readFile(draft, 'utf8').catch(() => ''))
    const silent = await silentFor(draft)
    if (holder === undefined ? silent > silentMs : await isDead(holder, silent)) await rm(draft, { force: true }).catch(() => undefined)
  }
}

const silentFor = async (path: string): Promise<number> => systemClock.now() - ((await unlessMissing(stat(path), undefined))?.mtimeMs ?? 0)

async function isDead(holder: Holder | undefined, silentForMs: number): Promise<boolean> {
  if (holder === undefined) return true // no lock of ours
  if (ours.has(holder.nonce)) return false
  if (holder.host !== hostname()) return silentForMs > silentMs
  if (holder.pid === ownPid()) return true // one before us, that had our id
  if (!isAlive(holder.pid)) return true
  return holder.born !== undefined && holder.born !== (await bornOf(holder.pid))
}

/** By the system's clock, as the times of files are. */
async function touch(path: string, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await systemClock.sleep(touchEveryMs, signal)
      const now = systemClock.now() / 1000
      await utimes(path, now, now).catch(() => undefined)
    }
  } catch {
    // Freed.
  }
}

function parse(text: string): Holder | undefined {
  try {
    const { pid, host, born, nonce } = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (!Number.isSafeInteger(pid) || typeof host !== 'string' || typeof nonce !== 'string') return undefined
    return { pid: Number(pid), host, born: typeof born === 'string' ? born : undefined, nonce }
  } catch {
    return undefined
  }
}

function held(path: string, holder: Holder | undefined): DbsError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`
  return new DbsError('cannot-write', `The file is being fetched by ${who} already (${path}).`, {
    retryable: true,
    hint: 'Wait until it has ended, or choose another folder.',
  })
}

/** When a process began, in ticks since the machine did (Linux: field 22 of /proc/<pid>/stat, proc(5)). */
async function bornOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The second field is a name in brackets, which may hold blanks and brackets.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19]
}

function isAlive(pid: number): boolean {
  try {
    // oxlint-disable-next-line no-restricted-globals -- whether a process lives, only the system knows; nothing is sent with signal 0
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemWord(error) === 'EPERM' // there, but another user's
  }
}

// oxlint-disable-next-line no-restricted-globals -- it names this process to the others
const ownPid = (): number => process.pid
