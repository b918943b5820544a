import { describeBackupPlanList, describeBackupSetDownloadTaskList } from '@backset/core'
import { defineCheck } from './check.js'
import { openClient } from './open-client.js'

/** Whether DBS takes the keys, and lets them read. */
export const permissionCheck = defineCheck({
  name: 'permission',
  needs: ['settings', 'credentials', 'region-host', 'tls', 'clock'],
  async run(known, scene) {
    const { args, signal } = scene
    await using client = openClient(known, scene)
    const { plan } = args
    if (plan !== undefined) {
      await client.send(describeBackupSetDownloadTaskList, { backupPlanId: plan, pageSize: 30 }, { signal })
      return { result: 'ok', detail: 'the download tasks of the plan may be read', fact: { backupPlanId: plan } }
    }
    const { items, totalElements } = await client.send(
      describeBackupPlanList,
      { region: known['region-host'].regionId, pageNum: 0, pageSize: 30 },
      { signal },
    )
    return {
      result: 'ok',
      detail: `the keys are taken, and plans may be read: ${totalElements ?? items.length} in all`,
      fact: { backupPlanId: items[0]?.backupPlanId },
    }
  },
})
