import type { DownloadTask } from '@backset/core'
import { defineQuestion, firstPage, secondPage, tasksIn, type Asker } from './question.js'

interface LinkFinding {
  /** Links in the pages that were read. */
  readonly seen: number
  readonly scheme: string | null
  /** Names of the parameters of its query; what they hold is nobody's business. */
  readonly queryNames: readonly string[]
  readonly lifetimeSeconds: number | null
  /** Whether a second read gave another link of the same task. */
  readonly renewed: boolean | null
  /** Its answer to a GET of the first byte. */
  readonly httpStatus: number | null
  readonly failed: string | null
  readonly headers: readonly string[]
}

const again = { ...firstPage, again: true } as const

/** Whether links are signed, for how long, whether each read signs them anew, and what their host answers. HEAD is not tried: a signed link may be good for GET alone. */
export const links = defineQuestion<LinkFinding>({
  name: 'links',
  asks: [firstPage, secondPage, again],
  async measure(asker) {
    const first = tasksIn(await asker.page(firstPage))
    const tasks = [...first, ...tasksIn(await asker.page(secondPage))].filter(
      ({ backupSetDownloadInternetUrl: link }) => link !== undefined && URL.canParse(link),
    )
    const task = bestOf(tasks, asker)
    const link = task?.backupSetDownloadInternetUrl
    if (task === undefined || link === undefined) return nothingSeen
    const second = tasksIn(await asker.page(again)).find((one) => one.backupSetDownloadTaskId === task.backupSetDownloadTaskId)
    const answer = await asker.firstByte(link)
    const { protocol, searchParams } = new URL(link)
    return {
      seen: tasks.length,
      scheme: protocol.replace(':', ''),
      queryNames: [...new Set(searchParams.keys())].filter((name) => /^[\w.-]{1,40}$/.test(name)).slice(0, 20),
      lifetimeSeconds: lifetime(searchParams, asker),
      renewed: second === undefined ? null : second.backupSetDownloadInternetUrl !== link,
      ...('failed' in answer
        ? { httpStatus: null, failed: answer.failed, headers: [] }
        : { httpStatus: answer.httpStatus, failed: null, headers: answer.headers }),
    }
  },
  tell({ seen, scheme, queryNames, lifetimeSeconds, renewed, httpStatus, failed }) {
    if (seen === 0) return 'none seen: no finished task of these pages has one'
    const life =
      lifetimeSeconds === null
        ? 'for how long is not said'
        : lifetimeSeconds < 0
          ? `expired ${-lifetimeSeconds} s ago`
          : `good for ${lifetimeSeconds} s more`
    const signed = queryNames.length === 0 ? 'not signed' : `signed (${queryNames.join(', ')}), ${life}`
    const second = renewed === null ? '' : renewed ? '; a second read signs anew' : '; a second read gives the same'
    return `${scheme}, ${signed}${second}; GET of one byte: ${failed ?? `HTTP ${httpStatus}`}`
  },
})

/** A signed one says the most, and most of all while it is good; one of the first page is seen again. */
function bestOf(tasks: readonly DownloadTask[], asker: Asker): DownloadTask | undefined {
  const isGood = (link: string): boolean => (lifetime(new URL(link).searchParams, asker) ?? 0) > 0
  const having = (passes: (link: string) => boolean): DownloadTask | undefined =>
    tasks.find(({ backupSetDownloadInternetUrl: link }) => link !== undefined && passes(link))
  return having(isGood) ?? having((link) => link.includes('?')) ?? tasks[0]
}

const nothingSeen: LinkFinding = {
  seen: 0,
  scheme: null,
  queryNames: [],
  lifetimeSeconds: null,
  renewed: null,
  httpStatus: null,
  failed: null,
  headers: [],
}

/** `Expires` is a moment in seconds, in the object storage's first way of signing; in the later ones the name ends with it and means a span. */
function lifetime(query: URLSearchParams, { now }: Asker): number | null {
  for (const [name, value] of query) {
    if (!/expires$/i.test(name) || !/^\d{1,12}$/.test(value)) continue
    return name.toLowerCase() === 'expires' ? Math.round(Number(value) - now() / 1000) : Number(value)
  }
  return null
}
