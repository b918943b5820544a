import { incrementBackups, toMilliseconds } from '../world/backups.js'
import { everywhere, paged, required, type Action } from './action.js'
import { pageOf } from './page.js'

/** The log files of a plan; `BackupSetId` of a row is the file name, `BackupSetJobId` the id a download is made from. */
export const describeIncrementBackupList: Action = {
  name: 'DescribeIncrementBackupList',
  parameters: {
    ...everywhere,
    ...paged,
    BackupPlanId: required,
    ShowStorageType: { type: 'boolean' },
    StartTimestamp: { type: 'long' },
    EndTimestamp: { type: 'long' },
  },
  run(parameters, { world, shapes }) {
    const plan = world.plan(parameters.text('BackupPlanId') ?? '')
    const from = toMilliseconds(parameters.number('StartTimestamp') ?? 0)
    const to = toMilliseconds(parameters.number('EndTimestamp') ?? Number.MAX_SAFE_INTEGER)
    const rows = (plan === undefined ? [] : incrementBackups(world.seed, world.ids, plan)).filter(
      (row) => Number(row['StartTime']) >= from && Number(row['StartTime']) <= to,
    )
    return pageOf(
      parameters,
      { rowName: 'IncrementBackupFile', length: rows.length, slice: (first, end) => rows.slice(first, end) },
      shapes,
    )
  },
}
