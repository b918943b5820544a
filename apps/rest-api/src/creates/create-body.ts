import * as z from 'zod'

const id = z.string().min(1).max(256)
const dataFormat = z.enum(['Native', 'SQL', 'CSV', 'JSON']).optional()
const backupPlanId = id.meta({ description: 'Plan that the backup belongs to', example: 'dbstooi01eXXXX' })

const FullDownload = z
  .strictObject({
    kind: z.literal('full'),
    backupPlanId,
    backupSetId: id.meta({ description: 'A full backup set of the plan' }),
    dataFormat: dataFormat.meta({ description: 'Of the file; DBS makes CSV without it' }),
  })
  .meta({ id: 'FullDownload', description: 'A download of a full backup set' })

const IncrementDownload = z
  .strictObject({
    kind: z.literal('increment'),
    backupPlanId,
    jobId: id.meta({ description: 'The increment job of the plan: backupSetJobId of its increment backups' }),
    logFile: id.meta({ description: 'The log file: backupSetId of the increment backup', example: 'mysql-bin.000054' }),
    dataFormat: dataFormat.meta({ description: 'Of the file; DBS makes Native without it' }),
  })
  .meta({ id: 'IncrementDownload', description: 'A download of one log file' })

/** What a download task is made from. */
export const CreateBody = z
  .discriminatedUnion('kind', [FullDownload, IncrementDownload], {
    error: ({ code }) => (code === 'invalid_union' ? 'Give "full" or "increment".' : undefined),
  })
  .meta({ id: 'CreateDownloadTask' })
export type CreateBody = z.output<typeof CreateBody>
