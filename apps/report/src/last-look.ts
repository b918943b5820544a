import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { InputError, present, taskFingerprint, taskKey, type DownloadTask } from '@backset/core'
import type { Report } from './config/report.js'
import { stateFolder } from './ledger/file-ledger.js'
import { LookIndex } from './look-index.js'

/** What an earlier good run saw, task by task. */
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

/** Where the newest look of a report is kept. */
export const lookPath = ({ output, name }: Report): string => join(stateFolder(output), `${name}.tasks.ndjson.gz`)

/** Where the one before it is: a due time that is run again is compared with that, so that what happened since is told again and not lost. */
const lookBeforePath = ({ output, name }: Report): string => join(stateFolder(output), `${name}.tasks.before.ndjson.gz`)

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

/** What a run compares with, and what becomes of its own look. */
export interface Looks {
  /** Undefined where there is none: then everything is exported, and nothing is lost. */
  readonly last: LastLook | undefined
  /** Makes way for the look of this run, where that is the newest; false where a later due time has been looked at already. */
  readonly makeWay: () => Promise<boolean>
}

/**
 * The newest look that is older than a due time.
 * @param test the filter
 * @throws InputError where only later looks are kept
 */
export async function openLooks(report: Report, due: Date, test: (task: DownloadTask) => boolean): Promise<Looks> {
  const [newest, before] = await Promise.all([dueOf(report, lookPath(report)), dueOf(report, lookBeforePath(report))])
  const isOlder = (one: string | undefined): one is string => one !== undefined && Date.parse(one) < due.getTime()
  const path = isOlder(newest) ? lookPath(report) : isOlder(before) ? lookBeforePath(report) : undefined
  const isFirstAgain = newest !== undefined && before === undefined && Date.parse(newest) === due.getTime()
  if (path === undefined && newest !== undefined && !isFirstAgain)
    throw new InputError(`What changed until ${due.toISOString()} is not known any more: ${before ?? newest} has been looked at since.`, {
      field: 'due',
      hint: 'onlyChanges can run the newest due time again, and later ones; backset-report diff compares older exports.',
    })
  return {
    last: path === undefined ? undefined : await readLook(report, path, test),
    async makeWay() {
      if (newest !== undefined && Date.parse(newest) > due.getTime()) return false
      if (isOlder(newest)) await rename(lookPath(report), lookBeforePath(report))
      return true
    },
  }
}

/** When the run was due that left a look; undefined where there is none, it is of something else, or somebody damaged it. */
async function dueOf(report: Report, path: string): Promise<string | undefined> {
  const lines = linesOf(path)
  try {
    const header = JSON.parse((await lines.next()).value ?? '') as { readonly due: string; readonly asked: string }
    return header.asked === askedBy(report) && Number.isFinite(Date.parse(header.due)) ? header.due : undefined
  } catch {
    return undefined
  } finally {
    await lines.return()
  }
}

async function readLook(report: Report, path: string, test: (task: DownloadTask) => boolean): Promise<LastLook | undefined> {
  const index = new LookIndex()
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
