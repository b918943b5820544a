import * as z from 'zod'
import { readIncrementBackup } from '../schemas/backup.js'
import { readListPage } from './envelope.js'
import { clientTokenField, idField, momentField, ownerIdField, pageNumField, pageSizeField, toWire } from './fields.js'
import { defineOperation } from './operation.js'

const action = 'DescribeIncrementBackupList'

/** The increment backups of a plan; one page. */
export const describeIncrementBackupList = defineOperation({
  action,
  version: '2019-03-06',
  safety: 'read',
  input: z
    .strictObject({
      backupPlanId: idField('backupPlanId'),
      startTime: momentField('startTime'),
      endTime: momentField('endTime'),
      showStorageType: z.boolean().optional(),
      pageNum: pageNumField,
      pageSize: pageSizeField,
      clientToken: clientTokenField,
      ownerId: ownerIdField,
    })
    // Milliseconds, by the vendor's examples; the full list takes seconds.
    .transform(({ startTime, endTime, ...rest }) => toWire({ ...rest, startTimestamp: startTime, endTimestamp: endTime })),
  output: (body) => readListPage(action, body, 'IncrementBackupFile', readIncrementBackup),
})
