import { DownloadTask } from '@backset/core'
import * as z from 'zod'

/** A task as answers hold it: sizes are plain integers, however large; links are masked after their path. */
export const TaskAnswer = z
  .object({
    ...DownloadTask.shape,
    backupSetDataSize: z.int().optional().meta({ description: 'Size in bytes; may be beyond 2^53, so read it as a 64-bit integer' }),
    durationMs: z.int().optional().meta({ description: 'Finish time less create time, milliseconds' }),
  })
  .meta({ id: 'DownloadTask' })

export const taskIdParam = z.string().min(1).max(256).meta({ description: 'Id of the download task', example: 'urxgrxt7abcd' })
export const regionQuery = z
  .string()
  .optional()
  .meta({ description: 'A region this server serves; its first without one', example: 'cn-hangzhou' })
