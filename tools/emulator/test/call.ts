import type { Emulator } from '../src/index.js'
import { exchange, rawV3 } from './raw-socket.js'

export const list = 'DescribeBackupSetDownloadTaskList'

export type Row = Readonly<Record<string, unknown>>

export interface Body {
  readonly Success: boolean
  readonly ErrCode?: string
  readonly Code?: string
  readonly PageNum: number
  readonly TotalElements: number
  readonly TotalPages: number
  readonly Items: unknown
  readonly BackupSetDownloadTaskId: string
}

/** The answer to a well-signed call, as JSON. */
export async function call(emulator: Emulator, action: string, query: Readonly<Record<string, string>> = {}): Promise<Body> {
  return JSON.parse((await exchange(emulator.url, rawV3(emulator, { action, query }))).body) as Body
}

/** One page of a plan's tasks. */
export const page = (emulator: Emulator, query: Readonly<Record<string, string>> = {}, plan = 0): Promise<Body> =>
  call(emulator, list, { BackupPlanId: emulator.world.planIds[plan] ?? '', ...query })

/** The rows of a page, in the usual shape. */
export const rowsOf = ({ Items }: Body): readonly Row[] =>
  Items === '' ? [] : (Items as { readonly BackupSetDownloadTaskDetail: readonly Row[] }).BackupSetDownloadTaskDetail

export const idsOf = (body: Body): unknown[] => rowsOf(body).map((row) => row['BackupSetDownloadTaskId'])
