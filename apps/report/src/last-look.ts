import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { pipeline } from 'node:stream'
import { present, taskKey, type DownloadTask } from '@backset/core'
import { stateFolder } from './ledger/file-ledger.js'
import type { Report } from './config/report.js'

/** What the last good run saw, task by task. */
export interface LastLook {
  /** When that run was due. */
  readonly due: string
  readonly tasks: ReadonlyMap<string, SeenTask>
}

export interface SeenTask {
  /** The list it was in. */
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
const askedBy = ({ regions, profiles, settings }: Report): string => JSON.stringify([settings.endpoint ?? null, regions, profiles])

/** The first line of a look. */
export const lookHeader = (report: Report, due: Date): string =>
  `${JSON.stringify({ version: 1, due: due.toISOString(), asked: askedBy(report) })}\n`

/** A task as a look keeps it: links are left out, they may be signed. */
export const lookLine = (source: string, task: DownloadTask): string => `${JSON.stringify([source, present(task, { links: 'omitted' })])}\n`

/** The last look; undefined where there is none, or it cannot be compared with. */
export async function readLastLook(report: Report): Promise<LastLook | undefined> {
  const tasks = new Map<string, SeenTask>()
  let header: { readonly due: string; readonly asked: string } | undefined
  try {
    const text = pipeline(createReadStream(lookPath(report)), createGunzip(), () => undefined)
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
      if (header === undefined) {
        header = JSON.parse(line) as { due: string; asked: string }
        if (header.asked !== askedBy(report)) return undefined
        continue
      }
      const [source, task] = JSON.parse(line) as [string, DownloadTask]
      tasks.set(taskKey(task), { source, task })
    }
  } catch {
    return undefined // the first run, or a file that somebody damaged: everything is exported, nothing is lost
  }
  return header === undefined ? undefined : { due: header.due, tasks }
}
