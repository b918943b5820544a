import { checkOptions, type Domains } from './check-options.js'
import {
  fullBackupQueryDomains,
  incrementBackupQueryDomains,
  planQueryDomains,
  taskQueryDomains,
  type BackupPlanQuery,
  type DownloadTaskQuery,
  type FullBackupQuery,
  type IncrementBackupQuery,
} from './client-queries.js'
import { describeBackupPlanList } from './operations/describe-backup-plan-list.js'
import { describeBackupSetDownloadTaskList } from './operations/describe-backup-set-download-task-list.js'
import { describeFullBackupList } from './operations/describe-full-backup-list.js'
import { describeIncrementBackupList } from './operations/describe-increment-backup-list.js'
import type { ListPage } from './operations/envelope.js'
import { checkInput } from './operations/fields.js'
import type { Operation } from './operations/operation.js'
import { Listing, type ListOptions } from './paging/listing.js'
import type { FetchPage } from './paging/page.js'
import type { Answer } from './transport/caller.js'
import type { BackupPlan } from './schemas/backup-plan.js'
import type { FullBackup, IncrementBackup } from './schemas/backup.js'
import type { DownloadTask } from './schemas/download-task.js'

/** A list of DBS as the client offers it. */
export interface ClientList<Query extends object, Input extends object, Row> {
  /** The client's method, for errors. */
  readonly method: string
  readonly operation: Operation<Input, ListPage<Row>>
  readonly domains: Domains<Query>
  /** The input of one page. */
  readonly inputOf: (query: Query, pageNum: number) => Input & { readonly pageSize: number }
  /** What makes a row this row and no other. */
  readonly idOf: (row: Row) => string
}

/** Asks for one page of an operation. */
export type Ask<Input, Row> = (
  operation: Operation<Input, ListPage<Row>>,
  input: Input,
  signal: AbortSignal,
) => Promise<{ readonly page: ListPage<Row>; readonly answer: Pick<Answer, 'requestId' | 'attempts'> }>

/** @throws InputError at once, not at the first page */
export function openList<Query extends object, Input extends object, Row>(
  { method, operation, domains, inputOf, idOf }: ClientList<Query, Input, Row>,
  query: Query,
  { ask, hashKey, ...options }: ListOptions<Row> & { readonly ask: Ask<Input, Row>; readonly hashKey: string },
): Listing<Row> {
  checkOptions(method, query, domains)
  const first = inputOf(query, 0)
  checkInput(operation.action, operation.input, first)
  const { pageSize, pageNum: _, ...input }: typeof first & { readonly pageNum?: number } = first
  const fetchPage: FetchPage<Row> = async (pageNum, signal) => {
    const { page, answer } = await ask(operation, inputOf(query, pageNum), signal)
    const { requestId, attempts } = answer
    const { items, totalElements, totalPages } = page
    return { items, pageNum: page.pageNum, pageSize: page.pageSize, totalElements, totalPages, requestId, attempts }
  }
  return new Listing({ input, pageSize, idOf, fetchPage, operation: operation.action, hashKey }, options)
}

const defineList = <Query extends object, Input extends object, Row>(list: ClientList<Query, Input, Row>): ClientList<Query, Input, Row> =>
  list

export const downloadTaskList = defineList({
  method: 'listDownloadTasks',
  operation: describeBackupSetDownloadTaskList,
  domains: taskQueryDomains,
  inputOf: ({ pageSize = 100, ...query }: DownloadTaskQuery, pageNum) => ({ ...query, pageNum, pageSize }),
  idOf: (task: DownloadTask) => task.backupSetDownloadTaskId,
})

export const backupPlanList = defineList({
  method: 'listBackupPlans',
  operation: describeBackupPlanList,
  domains: planQueryDomains,
  inputOf: (query: BackupPlanQuery, pageNum) => ({ ...query, pageNum, pageSize: 100 }),
  idOf: (plan: BackupPlan) => plan.backupPlanId,
})

export const fullBackupList = defineList({
  method: 'listFullBackups',
  operation: describeFullBackupList,
  domains: fullBackupQueryDomains,
  inputOf: ({ pageSize = 100, ...query }: FullBackupQuery, pageNum) => ({ ...query, pageNum, pageSize }),
  idOf: (backup: FullBackup) => backup.backupSetId,
})

export const incrementBackupList = defineList({
  method: 'listIncrementBackups',
  operation: describeIncrementBackupList,
  domains: incrementBackupQueryDomains,
  inputOf: ({ pageSize = 100, ...query }: IncrementBackupQuery, pageNum) => ({ ...query, pageNum, pageSize }),
  // Two jobs may have log files of one name.
  idOf: ({ backupSetJobId = '', backupSetId }: IncrementBackup) => `${backupSetJobId}/${backupSetId}`,
})
