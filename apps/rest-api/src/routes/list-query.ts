import { InputError, openTimeZone, parseSort, TaskFilter } from '@backset/core'
import { columnsNamed, taskRows } from '@backset/formats'
import * as z from 'zod'
import { listFormats } from '../negotiate.js'
import { regionQuery } from './task-schema.js'

const id = z.string().min(1).max(256)

/** A whole number in digits; `1e2` and `0x10` are none. */
const count = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `Give a whole number from ${least} to ${most}.`)
    .transform(Number)
    .pipe(z.int().min(least).max(most))

/** What core says of a value is a fault beside the others. */
const judgedBy =
  <Value>(judge: (value: Value) => unknown) =>
  (value: Value, context: z.core.$RefinementCtx): void => {
    try {
      judge(value)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      context.addIssue({ code: 'custom', message: [error.message, error.hint].filter((words) => words !== undefined).join(' ') })
    }
  }

const columns = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(',').map((word) => word.trim())))
  .superRefine(judgedBy((names) => columnsNamed(taskRows, names)))

const timeZone = z.string().superRefine((name, context) => {
  try {
    openTimeZone(name)
  } catch {
    context.addIssue({ code: 'custom', message: `${JSON.stringify(name)} is no zone. Give one as Asia/Shanghai or UTC.` })
  }
})

/** Parameters that choose among the rows of a whole list. */
const choosing = {
  ...TaskFilter.shape,
  sort: z
    .string()
    .min(1)
    .max(256)
    .superRefine(judgedBy((text) => parseSort(text)))
    .optional()
    .meta({ description: 'Fields to sort by, in full or short: -createTime,name', example: '-createTime' }),
  order: z.enum(['asc', 'desc']).optional().meta({ description: 'Direction of sort, for fields without a sign of their own' }),
  limit: count(1, 1000).optional().meta({
    description: 'Tasks a page, 100 without it; with csv or ndjson it asks for a page instead of the whole list',
    type: 'integer',
  }),
  cursor: z
    .string()
    .max(1024)
    .optional()
    .meta({ description: 'nextCursor of the page before; all but limit, columns and format must stay as they were' }),
  timeZone: timeZone.optional().meta({ description: "Zone of dates that name none; the server's without it", example: 'Asia/Shanghai' }),
  allowIncomplete: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Take a list that could not be proved complete; its proof says so' }),
}

/** What a list of download tasks may be asked for. */
export const listQuery = z
  .strictObject({
    backupPlanId: id
      .optional()
      .meta({ description: 'Tasks of this plan; this or backupSetDownloadTaskId is needed', example: 'dbs1h5hurtbb' }),
    backupSetDownloadTaskId: id.optional().meta({ description: 'The one task of this id', example: 'urxgrxt7abcd' }),
    region: regionQuery,
    ...choosing,
    columns: columns.optional().meta({ description: 'Fields of each task, in this order: id,status,size', example: 'id,status,size' }),
    format: z.enum(listFormats).optional().meta({ description: 'Goes before Accept; csv and ndjson stream the whole list' }),
    formulas: z
      .enum(['escape', 'keep'])
      .optional()
      .meta({ description: 'CSV alone: whether text that a spreadsheet would run gets a quote mark before it; escape without it' }),
    pageNum: count(0, 2_147_483_647)
      .optional()
      .meta({ description: 'Asks for one page of DBS as it is, with its envelope', type: 'integer' }),
    pageSize: z.enum(['30', '50', '100']).optional().meta({ description: 'Rows of that page' }),
  })
  .superRefine((query, context) => {
    const fault = (field: string, message: string): void => context.addIssue({ code: 'custom', path: [field], message })
    if (query.backupPlanId === undefined && query.backupSetDownloadTaskId === undefined)
      fault('backupPlanId', 'Give backupPlanId, backupSetDownloadTaskId or both: DBS lists nothing without one.')
    if (query.pageNum === undefined && query.pageSize !== undefined)
      fault('pageSize', 'pageSize goes with pageNum; a page of ours takes limit.')
    if (query.sort === undefined && query.order !== undefined) fault('order', 'order goes with sort.')
    if (query.order !== undefined && query.sort?.includes('-') === true) fault('order', 'Give order, or signs in sort, not both.')
    if (query.pageNum !== undefined) {
      for (const field of Object.keys(choosing) as (keyof typeof choosing)[])
        if (query[field] !== undefined) fault(field, 'pageNum asks for one page as DBS answers it; this does not go with it.')
    }
  })
export type ListQuery = z.output<typeof listQuery>
