import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { present, taskFingerprint, taskKey, type DownloadTask } from '@backset/core'
import type { Report } from './config/report.js'
import { stateFolder } from './ledger/file-ledger.js'
import { LookIndex } from './look-index.js'

/** What the last good run saw, task by task. */
export interface LastLook {
  /** When that run was due. */
  readonly due: string
  readonly index: LookIndex
  /** Its tasks, read anew, each with the list it was in. */
  readonly tasks: () => AsyncIterable<SeenTask>
}

interface SeenTask {
  readonly source: string
  readonly task: DownloadTask
}

/** Where the look of a report is kept. */
export const lookPath = ({ output, name }: Report): string => join(stateFolder(output), `${name}.tasks.ndjson.gz`)

/** Which list: of a plan, in a region, for a profile where several are asked. */
interface Place {
  readonly plan: string
  readonly region?: string | undefined
  readonly profile?: string | undefined
}

/** Names a list. */
export const sourceKey = ({ plan, region = '', profile = '' }: Place): string => JSON.stringify([profile, region, plan])

/** What is asked: a look at something else is nothing to compare with. */
const askedBy = ({ regions, profiles, settings, redact }: Report): string =>
  redact(JSON.stringify([settings.endpoint ?? null, regions, profiles]))

/** The first line of a look. */
export const lookHeader = (report: Report, due: Date): string =>
  `${JSON.stringify({ version: 1, due: due.toISOString(), asked: askedBy(report) })}\n`

/** A task as a look keeps it: links are left out, they may be signed. */
export const lookLine = (source: string, task: DownloadTask): string => `${JSON.stringify([source, present(task, { links: 'omitted' })])}\n`

/**
 * The last look; undefined where there is none, it is of something else, or somebody damaged it: then everything is exported, and nothing is lost.
 * @param test the filter
 */
export async function readLastLook(report: Report, test: (task: DownloadTask) => boolean): Promise<LastLook | undefined> {
  const index = new LookIndex()
  const path = lookPath(report)
  try {
    const lines = linesOf(path)
    const first = await lines.next()
    const header = JSON.parse(first.value ?? '') as { readonly due: string; readonly asked: string }
    if (header.asked !== askedBy(report)) {
      await lines.return()
      return undefined
    }
    for await (const line of lines) {
      const { task } = seenIn(line)
      index.add(taskKey(task), taskFingerprint(task), { state: task.state, passed: test(task) })
    }
    return { due: header.due, index, tasks: () => tasksIn(path) }
  } catch {
    return undefined
  }
}

async function* tasksIn(path: string): AsyncGenerator<SeenTask, void, undefined> {
  const lines = linesOf(path)
  await lines.next()
  for await (const line of lines) yield seenIn(line)
}

function seenIn(line: string): SeenTask {
  const [source, task] = JSON.parse(line) as [string, DownloadTask]
  return { source, task }
}

async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  let failure: Error | null | undefined
  const text = pipeline(createReadStream(path), createGunzip(), (error) => (failure = error))
  yield* createInterface({ input: text, crlfDelay: Infinity })
  // readline ends where its input breaks off, and says nothing.
  if (failure) throw failure
}
