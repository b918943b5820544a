import { InputError } from '../errors/input-error.js'
import { compareExact, type ExactInteger } from '../schemas/exact-integer.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { openTimeZone } from '../time-zone.js'
import { parseByteSize } from './byte-size.js'
import { compileGlob } from './glob.js'
import { parseMoment } from './moment.js'
import { TaskFilter, type TaskFilterInput } from './task-filter.js'

type TaskTest = (task: DownloadTask) => boolean

/** What times without a date or a zone count from. */
export interface FilterMoment {
  /** What `7d` counts back from. */
  readonly now: Date
  /** IANA zone of dates that name none. @default 'UTC' */
  readonly timeZone?: string | undefined
}

/**
 * A test for tasks. A task that lacks the field a test is about does not pass it.
 * @throws InputError that names the field and what it takes
 */
export function compileFilter(given: TaskFilterInput, { now, timeZone = 'UTC' }: FilterMoment): TaskTest {
  const { status, since, until, dbType, way, jobType, dataFormat, name, minSize, maxSize } = checkFilter(given)
  const zone = openTimeZone(timeZone)
  const sinceMs = since === undefined ? undefined : parseMoment(since, { now, zone, field: 'since' })
  const untilMs = until === undefined ? undefined : parseMoment(until, { now, zone, field: 'until' })
  if (sinceMs !== undefined && untilMs !== undefined && sinceMs >= untilMs) {
    throw new InputError('since is not before until, so no task can pass.', {
      field: 'since',
      hint: 'until itself is left out: give the end after it.',
    })
  }
  if (
    minSize !== undefined &&
    maxSize !== undefined &&
    compareExact(parseByteSize(minSize, 'minSize'), parseByteSize(maxSize, 'maxSize')) > 0
  ) {
    throw new InputError('minSize is larger than maxSize, so no task can pass.', {
      field: 'minSize',
      hint: 'Exchange them, or leave one out.',
    })
  }
  const tests = [
    status && statusTest(status),
    dbType && wordTest('backupSetDbType', dbType),
    way && wordTest('backupSetDownloadWay', way),
    jobType && wordTest('backupSetJobType', jobType),
    dataFormat && wordTest('backupSetDataFormat', dataFormat),
    sinceMs !== undefined && createdTest((created) => created >= sinceMs),
    untilMs !== undefined && createdTest((created) => created < untilMs),
    name && nameTest(name),
    minSize !== undefined && sizeTest(minSize, (order) => order >= 0, 'minSize'),
    maxSize !== undefined && sizeTest(maxSize, (order) => order <= 0, 'maxSize'),
  ].filter((test): test is TaskTest => typeof test === 'function')
  return (task) => tests.every((test) => test(task))
}

function checkFilter(given: TaskFilterInput): TaskFilter {
  const checked = TaskFilter.safeParse(given)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const field = issue?.path[0] === undefined ? undefined : String(issue.path[0])
  throw new InputError(
    `${field === undefined ? 'The filter' : `The filter's ${field}`} cannot be used: ${issue?.message ?? 'it has another form.'}`,
    { field },
  )
}

function statusTest(words: readonly string[]): TaskTest {
  const wanted = new Set(words)
  return ({ backupSetDownloadStatus, state }) =>
    wanted.has(state) || (backupSetDownloadStatus !== undefined && wanted.has(backupSetDownloadStatus.toLowerCase()))
}

function wordTest(
  field: 'backupSetDbType' | 'backupSetDownloadWay' | 'backupSetJobType' | 'backupSetDataFormat',
  words: readonly string[],
): TaskTest {
  const wanted = new Set(words.map((word) => word.toLowerCase()))
  return ({ [field]: word }) => word !== undefined && wanted.has(word.toLowerCase())
}

const createdTest =
  (holds: (createdMs: number) => boolean): TaskTest =>
  ({ backupSetDownloadCreateTime: created }) =>
    created !== undefined && holds(Date.parse(created))

function nameTest(patterns: readonly string[]): TaskTest {
  const tests = patterns.map((pattern) => compileGlob(pattern))
  return ({ backupSetDownloadTaskName: name }) => name !== undefined && tests.some((matches) => matches(name))
}

function sizeTest(bound: ExactInteger, holds: (order: number) => boolean, field: string): TaskTest {
  const bytes = parseByteSize(bound, field)
  return ({ backupSetDataSize: size }) => size !== undefined && holds(compareExact(size, bytes))
}
