import { DbsError, redactText, type DbsClient, type ErrorCode } from '@backset/core'
import type { Batches } from '@backset/formats'
import { fetchFile, type FetchedFile, type FetchFileOptions, type FetchProgress } from '@backset/transfer'
import type { Context } from '../command.js'
import { fetchLine } from '../output/fetch-line.js'
import { openLiveLines, type LiveLines } from '../output/live-lines.js'
import { openRateMeter } from '../output/rate.js'
import type { Session } from '../session.js'
import { linksOf } from './links-of.js'
import { waitForTasks } from './wait-for-tasks.js'

export interface HowToFetch extends Pick<FetchFileOptions, 'folder' | 'network' | 'connections' | 'force'> {
  readonly client: DbsClient
  /** Whether a task that has not finished is waited for. */
  readonly wait: boolean
  /** Between looks at it, milliseconds. */
  readonly interval: number | undefined
  /** Hears what went wrong with one task; the others go on. */
  readonly onFailure: (error: DbsError) => Promise<void>
}

/** What ends all: it would go wrong with the next task, too. */
const concernsAll: readonly ErrorCode[] = [
  'aborted',
  'invalid-setting',
  'unknown-region',
  'no-credentials',
  'credentials-refused',
  'signature-mismatch',
  'no-permission',
  'clock-skewed',
  'internal',
]

/** Fetches the files of tasks, one after another, and yields each when it is there. */
export async function* fetchFiles(taskIds: readonly string[], how: HowToFetch, session: Session, context: Context): Batches<FetchedFile> {
  await using lines = openLiveLines(context.stderr)
  for (const [at, taskId] of taskIds.entries()) {
    const place = taskIds.length === 1 ? undefined : `${at + 1} of ${taskIds.length}`
    const fetched = await fetchOne(taskId, place, { how, session, context, lines }).catch(async (error: unknown) => {
      await lines.clear()
      if (session.limit.aborted || !(error instanceof DbsError) || concernsAll.includes(error.code)) throw error
      await how.onFailure(named(error, taskId))
    })
    await lines.clear()
    if (fetched !== undefined) yield [fetched]
  }
}

/** Of several tasks an error says which it is about. */
function named(error: DbsError, taskId: string): DbsError {
  const id = redactText(taskId, 100)
  if (!error.message.includes(id)) error.message = `Task ${id}: ${error.message}`
  return error
}

interface Scene {
  readonly how: HowToFetch
  readonly session: Session
  readonly context: Context
  readonly lines: LiveLines
}

async function fetchOne(taskId: string, place: string | undefined, { how, session, context, lines }: Scene): Promise<FetchedFile> {
  const { client, folder, network, connections, force, interval } = how
  const { clock, random, env } = context
  let isWaiting = how.wait
  const links: FetchFileOptions['links'] = async (signal) => {
    if (!isWaiting) return linksOf(await client.getDownloadTask(taskId, { signal }))
    isWaiting = false
    const [waited] = await waitForTasks([taskId], { client, interval, lines }, session, context)
    if (waited?.error !== undefined) throw waited.error
    return linksOf(waited?.task ?? (await client.getDownloadTask(taskId, { signal })))
  }
  return fetchFile({
    taskId,
    folder,
    links,
    network,
    connections,
    force,
    allowHttp: session.settings.allowHttp,
    endpointIsLoopback: /^(?:127(?:\.\d+){3}|\[::1\]|localhost)$/.test(new URL(client.origin).hostname),
    env,
    clock,
    random,
    signal: session.limit,
    maxAttempts: session.settings.maxAttempts,
    ...(lines.isShown && { onProgress: progressLine(lines, place, clock.monotonic) }),
  })
}

/** Ten frames a second are enough. */
const frameMs = 100

function progressLine(lines: LiveLines, place: string | undefined, monotonic: () => number): (progress: FetchProgress) => void {
  const { note } = openRateMeter()
  let drawnAt = -Infinity
  return (progress) => {
    const now = monotonic()
    if (now - drawnAt < frameMs && progress.bytes < progress.size) return
    drawnAt = now
    lines.draw([fetchLine(progress, note(now, progress.bytes), place)])
  }
}
