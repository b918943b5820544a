// Offered on Tab, which must load nothing that knows the rows; a test holds them to the columns there are.

export const taskFieldWords = [
  'id',
  'name',
  'plan',
  'setId',
  'code',
  'jobType',
  'dbType',
  'dataFormat',
  'size',
  'way',
  'status',
  'state',
  'created',
  'finished',
  'duration',
  'targetType',
  'dir',
  'gatewayId',
  'internetUrl',
  'intranetUrl',
  'error',
  'region',
] as const

export const planFieldWords = ['id', 'name', 'status', 'created', 'method', 'database', 'class', 'objects', 'storage', 'region'] as const

export const regionFieldWords = ['id', 'endpoint'] as const

export const fullBackupFieldWords = ['id', 'status', 'size', 'storage', 'objects', 'created', 'finished', 'from', 'to', 'expires'] as const

export const incrementBackupFieldWords = ['id', 'job', 'status', 'size', 'storage', 'from', 'to', 'expires'] as const

export const fetchedFieldWords = ['id', 'file', 'bytes', 'sha256', 'resumedFrom', 'alreadyThere'] as const
