import type { DownloadTask } from '@backset/core'

/** A page of tasks, decoded and as it came; or DBS's own word for its refusal. */
export type Outcome =
  | {
      readonly tasks: readonly DownloadTask[]
      readonly total: number | undefined
      readonly echo: number | undefined
      readonly items: unknown
    }
  | { readonly refused: string }

/** Which page of which list is asked for. The same words are shown before anything is sent. */
export interface Ask {
  /** The plan that is looked at, one that is not there, or one task that is not there. */
  readonly of: 'plan' | 'unknown plan' | 'unknown task'
  readonly pageNum: number
  /** A second look at the same page. */
  readonly again?: boolean
}

/** What questions ask with. The same page is asked for once, whoever wants it. */
export interface Asker {
  readonly page: (ask: Ask) => Promise<Outcome>
  /** Headers of the answers so far, by lower-case name. */
  readonly headers: () => ReadonlyMap<string, string>
  /** Asks one link for its first byte, once. */
  readonly firstByte: (
    link: string,
  ) => Promise<{ readonly httpStatus: number; readonly headers: readonly string[] } | { readonly failed: string }>
  readonly now: () => number
}

/** One thing that no document settles. */
export interface Question<Finding = unknown> {
  /** Its name in probe.json. */
  readonly name: string
  readonly asks: readonly Ask[]
  readonly measure: (asker: Asker) => Promise<Finding>
  /** The finding in a sentence. */
  readonly tell: (finding: Finding) => string
}

export const defineQuestion = <Finding>(question: Question<Finding>): Question<Finding> => question

export const firstPage: Ask = { of: 'plan', pageNum: 0 }
export const secondPage: Ask = { of: 'plan', pageNum: 1 }
export const beyondTheEnd: Ask = { of: 'plan', pageNum: 1_000_000 }

export const tasksIn = (outcome: Outcome): readonly DownloadTask[] => ('tasks' in outcome ? outcome.tasks : [])
export const idsIn = (outcome: Outcome): string =>
  tasksIn(outcome)
    .map(({ backupSetDownloadTaskId }) => backupSetDownloadTaskId)
    .join(' ')
