import { randomInt } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { abortErrorOf, DbsError, makeFolder, systemClock, type Clock } from '@backset/core'
import { diskErrorOf, unlessMissing } from './disk-errors.js'
import type { FetchedFile, FetchFileOptions } from './fetch-options.js'
import { fetchRanges, type Fetched } from './fetch-ranges.js'
import { lockFile } from './file-lock.js'
import { fileNameOf } from './file-name.js'
import { LinkBook } from './link-source.js'
import { type Manifest, manifestPath, whatStands, writeManifest } from './manifest.js'
import { PartFile } from './part-file.js'
import { Roads } from './roads.js'
import { SideFile } from './side-file.js'
import { WrongFileError } from './wrong-file-error.js'

/**
 * Brings a task's file to disk: `<folder>/<task id>.tar.gz`, whole, compared with what its host announced, and `<file>.manifest.json` beside it. Until then
 * its bytes stand in `<file>.part`, where a later run goes on.
 * @throws DbsError `wrong-file`, `link-refused`, `link-expired`, `not-found`, `unreachable`, `disk-full`, `cannot-write`, `aborted`, and what `links` throws
 */
export async function fetchFile(options: FetchFileOptions): Promise<FetchedFile> {
  const { taskId, folder, force = false, connections = 4, clock = systemClock, signal = new AbortController().signal } = options
  const file = join(resolve(folder), fileNameOf(taskId))
  if (!Number.isInteger(connections) || connections < 1 || connections > 32)
    throw new DbsError('invalid-input', `connections is ${connections}, but must be a whole number from 1 to 32.`)
  if (signal.aborted) throw abortErrorOf(signal)
  const lock = await onDisk(file, async () => {
    await makeFolder(folder)
    return await lockFile(file)
  })
  try {
    const standing = force ? undefined : await onDisk(file, () => whatStands(file, taskId, signal), signal)
    if (standing?.kind === 'whole') {
      const { bytes, sha256 } = standing
      await PartFile.sweep(file, new SideFile(file, clock)).catch(() => undefined) // what stays is swept another time
      return { taskId, file, bytes, sha256, resumedFrom: 0, alreadyThere: true }
    }
    if (standing?.kind === 'foreign') throw inTheWay(file, standing.reason)
    await onDisk(file, () => refuseFolders([file, manifestPath(file)]))
    return await intoPlace(options, file, { clock, signal, connections })
  } finally {
    await lock[Symbol.asyncDispose]()
  }
}

/** What the disk refuses is told as an error of ours. */
async function onDisk<Value>(file: string, work: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    throw signal?.aborted === true ? abortErrorOf(signal) : diskErrorOf(error, file)
  }
}

interface Settled {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly connections: number
}

async function intoPlace(options: FetchFileOptions, file: string, { clock, signal, connections }: Settled): Promise<FetchedFile> {
  const { taskId, folder, links, network = 'auto', silenceMs = 30_000, maxAttempts = 5, random = systemRandom, onProgress } = options
  const startedAt = new Date(clock.now()).toISOString()
  const { allowHttp = false, endpointIsLoopback = false, env = {} } = options
  await using roads = new Roads({ network, allowHttp, endpointIsLoopback, silenceMs, env })
  const part = await PartFile.open(file, new SideFile(file, clock))
  let fetched: Fetched
  try {
    const onBytes: Parameters<typeof fetchRanges>[0]['onBytes'] = (progress) => onProgress?.({ taskId, ...progress })
    const book = new LinkBook(links, network, clock, random)
    fetched = await fetchRanges({
      taskId,
      folder,
      links: book,
      roads,
      clock,
      random,
      silenceMs,
      maxAttempts,
      connections,
      part,
      signal,
      onBytes,
    })
    await part.sync(fetched.size)
    const { size, host, etag, sha256, compared } = fetched
    // Before the file has its name: a manifest without a file is nothing, a file without a manifest would be in the way.
    const manifest: Manifest = {
      taskId,
      file: basename(file),
      bytes: size,
      sha256,
      sourceHost: host,
      network: fetched.network,
      etag,
      checked: ['size', ...compared],
      startedAt,
      finishedAt: new Date(clock.now()).toISOString(),
    }
    await onDisk(file, () => writeManifest(file, manifest))
    await part.publish(file)
  } catch (error) {
    // What fails here besides is not told: the error that ends it says more.
    if (!part.canBeResumed || (error instanceof WrongFileError && error.spoilt)) await part.discard().catch(() => undefined)
    else {
      await part.keep().catch(() => undefined)
      if (error instanceof DbsError) error.hint ??= 'What has come is kept: the same fetch goes on from there.'
    }
    throw error
  } finally {
    await part.close()
  }
  const { size: bytes, sha256, resumedFrom } = fetched
  return { taskId, file, bytes, sha256, resumedFrom, alreadyThere: false }
}

/** Nothing could be put in their place when all has come. */
async function refuseFolders(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const stats = await unlessMissing(lstat(path), undefined)
    if (stats?.isDirectory() === true)
      throw new DbsError('cannot-write', `${path} is a folder, and what is fetched would have to stand there.`, {
        hint: 'Move it away; -d names another folder.',
      })
  }
}

const inTheWay = (file: string, reason: string): DbsError =>
  new DbsError('cannot-write', `${file} stands there already, and ${reason}.`, {
    hint: '--force fetches it again and puts it in its place; -d names another folder.',
  })

const systemRandom = (): number => randomInt(2 ** 32) / 2 ** 32
