import { InputError } from '../errors/input-error.js'
import { nearestName } from '../nearest-name.js'
import { apiFields } from '../schemas/download-task.js'

/** Every field of a task, by its full name. */
export const taskFields = [...apiFields, 'state', 'durationMs', 'region', 'profile', 'raw'] as const
export type TaskField = (typeof taskFields)[number]

/** Short names that people may use for the long ones. */
const shortNames: Readonly<Record<string, TaskField>> = {
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
  createTime: 'backupSetDownloadCreateTime',
  created: 'backupSetDownloadCreateTime',
  finishTime: 'backupSetDownloadFinishTime',
  finished: 'backupSetDownloadFinishTime',
  targetType: 'backupSetDownloadTargetType',
  dir: 'backupSetDownloadDir',
  gatewayId: 'backupGatewayId',
  internetUrl: 'backupSetDownloadInternetUrl',
  intranetUrl: 'backupSetDownloadIntranetUrl',
  error: 'errMessage',
  duration: 'durationMs',
}

const byLowerCase = new Map<string, TaskField>(
  [...Object.entries(shortNames), ...taskFields.map((field) => [field, field] as const)].map(([name, field]) => [
    name.toLowerCase(),
    field,
  ]),
)

/**
 * The field that a name stands for, long or short, in any case, with capitals as on the wire too.
 * @throws InputError that names the nearest
 */
export function taskFieldNamed(name: string): TaskField {
  const field = byLowerCase.get(name.trim().toLowerCase())
  if (field !== undefined) return field
  const nearest = nearestName(name, [...Object.keys(shortNames), ...taskFields])
  throw new InputError(`There is no field ${JSON.stringify(name)}.`, {
    field: 'columns',
    hint: nearest === undefined ? `Fields are ${taskFields.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}
