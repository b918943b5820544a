import * as z from 'zod'
import { readDownloadTask } from '../schemas/download-task.js'
import { readListPage } from './envelope.js'
import { clientTokenField, idField, ownerIdField, pageNumField, pageSizeField, toWire } from './fields.js'
import { defineOperation } from './operation.js'

const action = 'DescribeBackupSetDownloadTaskList'

/** The download tasks of a plan, or one by its id; one page. Pages count from 0. */
export const describeBackupSetDownloadTaskList = defineOperation({
  action,
  version: '2019-03-06',
  safety: 'read',
  input: z
    .strictObject({
      backupPlanId: idField('backupPlanId').optional(),
      backupSetDownloadTaskId: idField('backupSetDownloadTaskId').optional(),
      pageNum: pageNumField,
      pageSize: pageSizeField,
      /** Chooses the endpoint where none was given; sent under signature v1 only. */
      regionId: idField('regionId').optional(),
      clientToken: clientTokenField,
      ownerId: ownerIdField,
    })
    // Each is marked optional, but the newer pages want one of them; the service's answer to neither is not documented.
    .refine(({ backupPlanId, backupSetDownloadTaskId }) => backupPlanId !== undefined || backupSetDownloadTaskId !== undefined, {
      message: 'Give backupPlanId, backupSetDownloadTaskId or both: DBS lists nothing without one.',
      path: ['backupPlanId'],
    })
    .transform(toWire),
  output: (body) => readListPage(action, body, 'BackupSetDownloadTaskDetail', readDownloadTask),
})
