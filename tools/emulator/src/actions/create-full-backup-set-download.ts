import { badValue } from '../api/refusals.js'
import { fullBackups } from '../world/backups.js'
import { dataFormats } from '../world/samples.js'
import { everywhere, optional, required, type Action, type Parameters } from './action.js'

/** Makes and starts a download of a full backup; CSV where no format is named. */
export const createFullBackupSetDownload: Action = {
  name: 'CreateFullBackupSetDownload',
  parameters: { ...everywhere, BackupSetId: required, BackupSetDataFormat: optional },
  run(parameters, { world, tokens }) {
    const setId = parameters.text('BackupSetId') ?? ''
    const meaning = world.ids.read(setId)
    const plan = meaning?.kind === 'full-set' ? world.plans[meaning.plan] : undefined
    if (plan === undefined || !fullBackups(world.seed, world.ids, plan).some((row) => row['BackupSetId'] === setId))
      throw badValue('BackupSetId')
    const fields = {
      BackupSetDownloadTaskName: `${setId}-ManualFull`,
      BackupSetId: setId,
      BackupSetCode: setId,
      BackupSetJobType: 'cbs_backup_sub_full',
      BackupSetDataFormat: dataFormatOf(parameters, 'CSV'),
    }
    const make = (): string => world.createTask(plan, fields)
    return { BackupSetDownloadTaskId: tokens.once(parameters.text('ClientToken'), `full ${parameters.fingerprint()}`, make) }
  },
}

/** The format a download is asked in. */
export function dataFormatOf(parameters: Parameters, usual: string): string {
  const format = parameters.text('BackupSetDataFormat') ?? usual
  if (!(dataFormats as readonly string[]).includes(format)) throw badValue('BackupSetDataFormat')
  return format
}
