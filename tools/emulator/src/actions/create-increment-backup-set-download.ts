import { badValue } from '../api/refusals.js'
import { incrementBackups } from '../world/backups.js'
import { everywhere, optional, required, type Action } from './action.js'
import { dataFormatOf } from './create-full-backup-set-download.js'

/** Makes and starts a download of one log file: `BackupSetId` is the increment job, `BackupSetName` the log file. Native where no format is named. */
export const createIncrementBackupSetDownload: Action = {
  name: 'CreateIncrementBackupSetDownload',
  parameters: { ...everywhere, BackupSetId: required, BackupSetName: required, BackupSetDataFormat: optional },
  run(parameters, { world, tokens }) {
    const job = parameters.text('BackupSetId') ?? ''
    const file = parameters.text('BackupSetName') ?? ''
    const meaning = world.ids.read(job)
    const plan = meaning?.kind === 'increment-job' && meaning.index === 0 ? world.plans[meaning.plan] : undefined
    if (plan === undefined) throw badValue('BackupSetId')
    if (!incrementBackups(world.seed, world.ids, plan).some((row) => row['BackupSetId'] === file)) throw badValue('BackupSetName')
    const fields = {
      BackupSetDownloadTaskName: `${job}-ManualCont`,
      BackupSetId: job,
      BackupSetCode: file,
      BackupSetJobType: 'cbs_backup_sub_cont',
      BackupSetDataFormat: dataFormatOf(parameters, 'Native'),
    }
    const make = (): string => world.createTask(plan, fields)
    return { BackupSetDownloadTaskId: tokens.once(parameters.text('ClientToken'), `increment ${parameters.fingerprint()}`, make) }
  },
}
