import { fullBackups, toMilliseconds } from '../world/backups.js'
import { everywhere, optional, paged, required, type Action } from './action.js'
import { pageOf } from './page.js'

/** The full backups of a plan; the times of a request are seconds in the documented examples, those of the answer milliseconds. */
export const describeFullBackupList: Action = {
  name: 'DescribeFullBackupList',
  parameters: {
    ...everywhere,
    ...paged,
    BackupPlanId: required,
    BackupSetId: optional,
    BackupSetStatus: optional,
    ShowStorageType: { type: 'boolean' },
    ShowProgress: optional,
    StartTimestamp: { type: 'long' },
    EndTimestamp: { type: 'long' },
  },
  run(parameters, { world, shapes }) {
    const plan = world.plan(parameters.text('BackupPlanId') ?? '')
    const id = parameters.text('BackupSetId')
    const status = parameters.text('BackupSetStatus')
    const from = toMilliseconds(parameters.number('StartTimestamp') ?? 0)
    const to = toMilliseconds(parameters.number('EndTimestamp') ?? Number.MAX_SAFE_INTEGER)
    const rows = (plan === undefined ? [] : fullBackups(world.seed, world.ids, plan)).filter(
      (row) =>
        (id === undefined || row['BackupSetId'] === id) &&
        (status === undefined || row['BackupStatus'] === status) &&
        Number(row['StartTime']) >= from &&
        Number(row['StartTime']) <= to,
    )
    return pageOf(parameters, { rowName: 'FullBackupFile', length: rows.length, slice: (first, end) => rows.slice(first, end) }, shapes)
  },
}
