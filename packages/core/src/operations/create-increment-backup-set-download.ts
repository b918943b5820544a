import * as z from 'zod'
import { readCreated } from './created-task.js'
import { clientTokenField, dataFormatField, idField, ownerIdField, toWire } from './fields.js'
import { defineOperation } from './operation.js'

const action = 'CreateIncrementBackupSetDownload'

/** Makes and starts a download task from an increment backup. */
export const createIncrementBackupSetDownload = defineOperation({
  action,
  version: '2019-03-06',
  safety: 'create',
  input: z
    .strictObject({
      /** `backupSetJobId` of the increment list. */
      jobId: idField('jobId'),
      /** `backupSetId` of the increment list: the log file name. */
      logFile: idField('logFile'),
      /** DBS's own default is Native. */
      dataFormat: dataFormatField,
      clientToken: clientTokenField,
      ownerId: ownerIdField,
    })
    // A trap: on the wire BackupSetId is the job here, and BackupSetName the set.
    .transform(({ jobId, logFile, dataFormat, ...rest }) =>
      toWire({ ...rest, backupSetId: jobId, backupSetName: logFile, backupSetDataFormat: dataFormat }),
    ),
  output: (body) => readCreated(action, body),
})
