import { createReadStream } from 'node:fs'
import { abortErrorOf, InputError, samePlan, type DownloadTask } from '@backset/core'
import type { Context } from '../command.js'
import { exportedRows } from './exported-rows.js'
import { savedTask } from './saved-task.js'

export interface SavedOptions {
  /** A path, or `-` for stdin. */
  readonly from: string
  readonly plan?: readonly string[] | undefined
  readonly task?: readonly string[] | undefined
  readonly filter?: (task: DownloadTask) => boolean
  /** What the filter looks at: an export that has it in no row cannot be asked. */
  readonly filtered?: readonly (keyof DownloadTask)[]
  readonly limit?: number | undefined
}

/** What was read so far. */
export interface SavedCounts {
  readonly rows: number
  readonly matched: number
}

/**
 * The tasks of a saved export that pass, as they come.
 * @param onEnd told when all was read, or as much as the limit asks for
 * @throws InputError for a file that cannot be read, and with the line that holds no task
 */
export async function* openSaved(
  { from, plan, task: ids, filter = () => true, filtered = [], limit = Infinity }: SavedOptions,
  { stdin, signal }: Pick<Context, 'stdin' | 'signal'>,
  onEnd: (counts: SavedCounts) => Promise<void> = async () => undefined,
): AsyncGenerator<readonly DownloadTask[], void, undefined> {
  const isAsked = (task: DownloadTask): boolean =>
    (plan?.some((one) => samePlan(one, task.backupPlanId ?? '')) ?? true) &&
    (ids?.includes(task.backupSetDownloadTaskId) ?? true) &&
    filter(task)
  let [rows, matched] = [0, 0]
  const unseen = new Set(filtered)
  try {
    for await (const batch of exportedRows(from === '-' ? stdin(signal) : createReadStream(from, { encoding: 'utf8', signal }))) {
      const tasks = batch.map(savedTask)
      const chosen = tasks.filter(isAsked).slice(0, limit - matched)
      for (const field of unseen) if (tasks.some((task) => field in task)) unseen.delete(field)
      rows += tasks.length
      matched += chosen.length
      if (chosen.length > 0) yield chosen
      if (matched === limit) break
    }
  } catch (error) {
    throw signal.aborted ? abortErrorOf(signal) : readFault(error, from)
  }
  const [missing] = unseen
  if (rows > 0 && missing !== undefined)
    throw new InputError(`The export ${JSON.stringify(from)} cannot be asked for that: no row has ${missing}.`, {
      field: 'from',
      hint: 'Export all columns, or those that are asked for.',
    })
  await onEnd({ rows, matched })
}

function readFault(error: unknown, from: string): unknown {
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined
  if (code === undefined) return error
  return new InputError(`The export ${JSON.stringify(from)} cannot be read (${code}).`, {
    field: 'from',
    hint: 'Look whether the file is there.',
  })
}
