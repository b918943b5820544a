import * as z from 'zod'
import { readFullBackup } from '../schemas/backup.js'
import { readListPage } from './envelope.js'
import { clientTokenField, idField, momentField, ownerIdField, pageNumField, pageSizeField, toWire } from './fields.js'
import { defineOperation } from './operation.js'

const action = 'DescribeFullBackupList'

/** The full backup sets of a plan; one page. */
export const describeFullBackupList = defineOperation({
  action,
  version: '2019-03-06',
  safety: 'read',
  input: z
    .strictObject({
      backupPlanId: idField('backupPlanId'),
      backupSetId: idField('backupSetId').optional(),
      startTime: momentField('startTime'),
      endTime: momentField('endTime'),
      showStorageType: z.boolean().optional(),
      /** As `finish`. */
      backupSetStatus: idField('backupSetStatus').optional(),
      showProgress: z.boolean().optional(),
      pageNum: pageNumField,
      pageSize: pageSizeField,
      clientToken: clientTokenField,
      ownerId: ownerIdField,
    })
    // A trap: the vendor's examples give seconds here and milliseconds for the increment list. Rounded outwards, so that no set is cut off.
    .transform(({ startTime, endTime, ...rest }) =>
      toWire({
        ...rest,
        startTimestamp: startTime === undefined ? undefined : Math.floor(startTime / 1000),
        endTimestamp: endTime === undefined ? undefined : Math.ceil(endTime / 1000),
      }),
    ),
  output: (body) => readListPage(action, body, 'FullBackupFile', readFullBackup),
})
