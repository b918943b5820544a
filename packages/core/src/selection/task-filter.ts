import * as z from 'zod'
import { InputError } from '../errors/input-error.js'
import { nearestName } from '../nearest-name.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { taskStates, taskStatuses } from '../schemas/task-state.js'
import { parseByteSize } from './byte-size.js'
import { fitsGlob } from './glob.js'
import { parseMoment } from './moment.js'

/** One word, several, or several separated by commas. */
const words = z
  .union([z.string(), z.array(z.string())])
  .transform((given) =>
    (Array.isArray(given) ? given : [given])
      .flatMap((text) => text.split(','))
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  )
  .optional()
const size = z.union([z.string(), z.number()]).optional()

/** Which tasks: the same words on the command line, in the REST API's query and in a report's `filter`. All that is given must hold; of several words one. */
export const TaskFilter = z.strictObject({
  status: words.meta({ description: 'Status, or a group: active, done, failed, suspended, unknown' }),
  since: z.string().optional().meta({ description: 'Created at or after: 7d, 2026-01-01, 2026-01-01T10:00' }),
  until: z.string().optional().meta({ description: 'Created before' }),
  dbType: words.meta({ description: 'Database, in any case' }),
  way: words.meta({ description: 'manual or auto' }),
  jobType: words.meta({ description: 'As cbs_backup_sub_full' }),
  dataFormat: words.meta({ description: 'Native, SQL, CSV or JSON, in any case' }),
  name: words.meta({ description: 'Task name, with * and ?' }),
  minSize: size.meta({ description: 'At least: 10GiB, 500MB, bytes without a unit' }),
  maxSize: size.meta({ description: 'At most' }),
})
export type TaskFilter = z.input<typeof TaskFilter>

export interface FilterOptions {
  /** What relative times count from, epoch milliseconds. */
  readonly now: number
  /** Zone of dates that name none. @default 'UTC' */
  readonly timeZone?: string | undefined
}

const statusWords: readonly string[] = [...taskStatuses, ...taskStates]

/**
 * A filter as a function.
 * @throws InputError that names the field and what it takes
 */
export function compileFilter(filter: TaskFilter, { now, timeZone = 'UTC' }: FilterOptions): (task: DownloadTask) => boolean {
  const checked = TaskFilter.safeParse(filter)
  if (!checked.success) {
    const [issue] = checked.error.issues
    const field = issue?.path.join('.')
    throw new InputError(
      issue?.code === 'unrecognized_keys'
        ? `There is no filter ${issue.keys.join(', ')}.`
        : `The filter ${field ?? ''} is not valid: ${issue?.message ?? ''}.`,
      { field },
    )
  }
  const { status, since, until, dbType, way, jobType, dataFormat, name, minSize, maxSize } = checked.data
  for (const word of status ?? []) checkStatus(word)
  const moment = (text: string | undefined, field: string): number | undefined =>
    text === undefined ? undefined : parseMoment(text, { now, timeZone, field })
  const [from, to] = [moment(since, 'since'), moment(until, 'until')]
  const [least, most] = [
    minSize === undefined ? undefined : parseByteSize(minSize, 'minSize'),
    maxSize === undefined ? undefined : parseByteSize(maxSize, 'maxSize'),
  ]
  const tests: ((task: DownloadTask) => boolean)[] = []
  const among = (list: readonly string[] | undefined, valueOf: (task: DownloadTask) => string | undefined): void => {
    if (list === undefined || list.length === 0) return
    const known = new Set(list.map((word) => word.toLowerCase()))
    tests.push((task) => known.has(valueOf(task)?.toLowerCase() ?? ''))
  }
  if (status !== undefined && status.length > 0)
    tests.push((task) => status.includes(task.backupSetDownloadStatus ?? '') || status.includes(task.state))
  among(dbType, (task) => task.backupSetDbType)
  among(way, (task) => task.backupSetDownloadWay)
  among(jobType, (task) => task.backupSetJobType)
  among(dataFormat, (task) => task.backupSetDataFormat)
  if (name !== undefined && name.length > 0)
    tests.push(({ backupSetDownloadTaskName: text }) => text !== undefined && name.some((pattern) => fitsGlob(text, pattern)))
  if (from !== undefined) tests.push((task) => createdAt(task) >= from)
  if (to !== undefined) tests.push((task) => createdAt(task) < to)
  if (least !== undefined) tests.push(({ backupSetDataSize: bytes }) => bytes !== undefined && BigInt(bytes) >= least)
  if (most !== undefined) tests.push(({ backupSetDataSize: bytes }) => bytes !== undefined && BigInt(bytes) <= most)
  return (task) => tests.every((test) => test(task))
}

/** A task without a create time or a size is in no span of them. */
const createdAt = ({ backupSetDownloadCreateTime: text }: DownloadTask): number => (text === undefined ? Number.NaN : Date.parse(text))

/** A status that DBS may add one day passes when it looks like one; a slip of the finger does not. */
function checkStatus(word: string): void {
  if (statusWords.includes(word)) return
  const nearest = nearestName(word, statusWords)
  if (nearest !== undefined || !/^[a-z_]{2,40}$/.test(word)) {
    const hint = nearest === undefined ? `Take one of ${statusWords.join(', ')}.` : `Did you mean ${nearest}?`
    throw new InputError(`There is no status ${JSON.stringify(word)}.`, { field: 'status', hint })
  }
}
