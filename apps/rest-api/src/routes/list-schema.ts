import * as z from 'zod'
import { ProofAnswer } from './proof-schema.js'
import { TaskAnswer } from './task-schema.js'

/** With `columns` a task holds those alone. */
const items = z.array(TaskAnswer.partial().meta({ id: 'ListedTask' }))

/** A page of a whole list. */
export const TaskListAnswer = z
  .object({
    items,
    page: z.object({
      limit: z.int(),
      nextCursor: z.string().nullable().meta({ description: 'Goes on after this page; null on the last' }),
    }),
    proof: ProofAnswer.meta({ description: 'Of the list the page is cut from; matched counts what the filters let through' }),
  })
  .meta({ id: 'DownloadTaskList' })

/** One page of DBS with its envelope, as `pageNum` asks for it. */
export const BarePageAnswer = z
  .object({
    requestId: z.string().optional(),
    success: z.boolean().optional(),
    errCode: z.string().optional(),
    errMessage: z.string().optional(),
    httpStatusCode: z.int().optional(),
    pageNum: z.int().optional(),
    pageSize: z.int().optional(),
    totalElements: z.int().optional(),
    totalPages: z.int().optional(),
    items,
  })
  .meta({ id: 'DownloadTaskPage' })
