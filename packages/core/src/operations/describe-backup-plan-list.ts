import * as z from 'zod'
import { readBackupPlan } from '../schemas/backup-plan.js'
import { readListPage } from './envelope.js'
import { clientTokenField, idField, integerField, ownerIdField, pageNumField, toWire } from './fields.js'
import { defineOperation } from './operation.js'

const action = 'DescribeBackupPlanList'

/** The backup plans of a region; one page. Many regions share a host, so the region is a parameter of its own here: `Region`, not RegionId. */
export const describeBackupPlanList = defineOperation({
  action,
  version: '2019-03-06',
  safety: 'read',
  input: z
    .strictObject({
      /** One id, or several separated by commas. */
      backupPlanId: idField('backupPlanId', 8192).optional(),
      backupPlanName: idField('backupPlanName').optional(),
      backupPlanStatus: idField('backupPlanStatus').optional(),
      region: idField('region').optional(),
      resourceGroupId: idField('resourceGroupId').optional(),
      /** As `logical`. */
      backupMethod: idField('backupMethod').optional(),
      showBackupStrategyInfo: z.boolean().optional(),
      showRecoverTimeRange: z.boolean().optional(),
      showStorageStrategyInfo: z.boolean().optional(),
      pageNum: pageNumField,
      pageSize: integerField('pageSize', 1, 100),
      clientToken: clientTokenField,
      ownerId: ownerIdField,
    })
    .transform(toWire),
  output: (body) => readListPage(action, body, 'BackupPlanDetail', readBackupPlan),
})
