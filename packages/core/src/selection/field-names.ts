import { InputError } from '../errors/input-error.js'
import { nearestName } from '../nearest-name.js'
import { DownloadTask } from '../schemas/download-task.js'

/** A field of a task, by its full name. */
export type TaskField = keyof DownloadTask

/** Every field a task can have, in the order it is shown. */
export const taskFields = Object.keys(DownloadTask.shape) as readonly TaskField[]

/** What people type in place of the API's long names. */
export const shortFieldNames = {
  id: 'backupSetDownloadTaskId',
  taskId: 'backupSetDownloadTaskId',
  name: 'backupSetDownloadTaskName',
  taskName: 'backupSetDownloadTaskName',
  plan: 'backupPlanId',
  planId: 'backupPlanId',
  setId: 'backupSetId',
  code: 'backupSetCode',
  jobType: 'backupSetJobType',
  dbType: 'backupSetDbType',
  dataFormat: 'backupSetDataFormat',
  size: 'backupSetDataSize',
  dataSize: 'backupSetDataSize',
  way: 'backupSetDownloadWay',
  status: 'backupSetDownloadStatus',
  created: 'backupSetDownloadCreateTime',
  createTime: 'backupSetDownloadCreateTime',
  finished: 'backupSetDownloadFinishTime',
  finishTime: 'backupSetDownloadFinishTime',
  targetType: 'backupSetDownloadTargetType',
  dir: 'backupSetDownloadDir',
  gatewayId: 'backupGatewayId',
  internetUrl: 'backupSetDownloadInternetUrl',
  intranetUrl: 'backupSetDownloadIntranetUrl',
  error: 'errMessage',
  duration: 'durationMs',
} as const satisfies Readonly<Record<string, TaskField>>

const fullNames: ReadonlyMap<string, TaskField> = new Map([
  ...Object.entries(shortFieldNames).map(([short, full]) => [short.toLowerCase(), full] as const),
  ...taskFields.map((full) => [full.toLowerCase(), full] as const),
])

/**
 * The field a word means: its full or short name, or the name the API writes; capitals do not count.
 * @throws InputError that names the nearest field
 * @example fieldNamed('createTime') // 'backupSetDownloadCreateTime'
 */
export function fieldNamed(word: string, field = 'columns'): TaskField {
  const found = fullNames.get(word.trim().toLowerCase())
  if (found !== undefined) return found
  const nearest = nearestName(word, [...Object.keys(shortFieldNames), ...taskFields])
  throw new InputError(`A task has no field ${JSON.stringify(word)}.`, {
    field,
    hint: nearest === undefined ? `Fields: ${taskFields.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}
