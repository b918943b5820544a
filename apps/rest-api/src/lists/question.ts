import { InputError, TaskFilter, type TaskFilterInput } from '@backset/core'
import type { Formulas } from '@backset/formats'
import { negotiate, type ListFormat } from '../negotiate.js'
import type { ListQuery } from '../routes/list-query.js'
import type { ApiSettings } from '../settings.js'
import { Selection } from '../snapshots/selection.js'
import type { Source } from '../snapshots/source.js'
import type { Upstream } from '../upstream.js'

/** How rows are written. */
export interface Writing {
  readonly format: ListFormat
  /** undefined: every field in JSON, the 19 of the API in CSV. */
  readonly columns: readonly string[] | undefined
  readonly formulas: Formulas | undefined
  readonly timeZone: string
}

/** What a request for a list wants, judged. */
export interface Question extends Writing {
  readonly source: Source
  readonly selection: Selection
  readonly limit: number
  readonly cursor: string | undefined
  readonly allowIncomplete: boolean
  /** csv and ndjson without limit and cursor: all rows, as they come. */
  readonly isStream: boolean
  /** One page of DBS as it is. */
  readonly bare: { readonly pageNum: number; readonly pageSize: 30 | 50 | 100 } | undefined
}

export interface QuestionParts {
  readonly settings: Pick<ApiSettings, 'timezone' | 'allowIncomplete' | 'pageSize'>
  readonly upstream: Pick<Upstream, 'regionNamed'>
  /** Epoch milliseconds. */
  readonly now: number
}

const defaultLimit = 100

/**
 * @param accept the header
 * @throws InputError for what cannot be meant, ApiError `not-acceptable`
 */
export function readQuestion(query: ListQuery, accept: string | undefined, { settings, upstream, now }: QuestionParts): Question {
  const { backupPlanId, backupSetDownloadTaskId, columns, formulas, cursor, limit, timeZone = settings.timezone, allowIncomplete } = query
  const source = { region: upstream.regionNamed(query.region), backupPlanId, backupSetDownloadTaskId }
  const format = query.format ?? negotiate(accept)
  if (formulas !== undefined && format !== 'csv')
    throw new InputError('formulas is about CSV, and this is answered in another format.', {
      field: 'formulas',
      hint: 'Leave it out, or add format=csv.',
    })
  return {
    source,
    selection: new Selection({ source, filter: filterOf(query), sort: sortOf(query), timeZone, now }),
    format,
    columns,
    formulas,
    timeZone,
    limit: limit ?? defaultLimit,
    cursor,
    allowIncomplete: allowIncomplete === undefined ? settings.allowIncomplete : allowIncomplete === 'true',
    isStream: format !== 'json' && limit === undefined && cursor === undefined,
    bare:
      query.pageNum === undefined
        ? undefined
        : {
            pageNum: query.pageNum,
            pageSize: query.pageSize === undefined ? settings.pageSize : (Number(query.pageSize) as 30 | 50 | 100),
          },
  }
}

function filterOf(query: ListQuery): TaskFilterInput {
  const given = Object.keys(TaskFilter.shape).map((field) => [field, query[field as keyof TaskFilter]] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

/** `order` is the sign of every field. */
const sortOf = ({ sort, order }: ListQuery): string | undefined =>
  order === 'desc'
    ? sort
        ?.split(',')
        .map((word) => `-${word.trim()}`)
        .join(',')
    : sort
