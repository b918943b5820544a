import type { LinkSigner } from '../files/link-signer.js'
import type { Ids } from './ids.js'
import { draw, mix } from './random.js'
import { databases, dataFormats, directories, failures, oddNames, statuses, type Status } from './samples.js'
import type { WireRow, WireValue } from './wire.js'

/** What all task rows of a plan have in common. */
export interface TaskSource {
  readonly seed: number
  readonly planIndex: number
  /** The plan as rows name it: the newest documented example lacks the `dbs` prefix, the oldest has it, so every second plan does. */
  readonly wirePlanId: string
  readonly ids: Ids
  readonly links: LinkSigner
}

export const fullSets = 36
export const incrementSets = 240

/** The create time of row 0; later rows are older. A date of its own, not today's: the same seed gives the same rows on every day. */
const newest = Date.UTC(2026, 0, 15, 8, 30)
const hour = 3_600_000

// Fields are set one by one on one object: a million rows are read in tests, and spreading objects into each other takes five times as long.
type Draft = Record<string, WireValue>

/** Row `index` of a plan before anyone changed it: a pure function of seed, plan and index (but for the life of its links). */
export function taskRow(source: TaskSource, index: number): WireRow {
  const { seed, planIndex, ids } = source
  const hash = mix(seed, planIndex, index)
  const id = `urx${ids.write({ kind: 'task', plan: planIndex, index })}`
  const age = index < 800 ? index * 3 * hour : 800 * 3 * hour + (index - 800) * 60_000
  const created = newest - age - draw(hash, 0, 50_000)
  const row = draftOf(source, id, hash, created)
  const oddName = oddNames[turn(seed ^ 0xaa, planIndex, index, 24)]
  if (oddName !== undefined) row['BackupSetDownloadTaskName'] = oddName
  row['BackupSetDataSize'] = sizeOf(hash, turn(seed ^ 0x77, planIndex, index, 16))
  const manual = turn(seed ^ 0x55, planIndex, index, 4) !== 0
  if (manual) setManual(row, hash)
  else setAutomatic(row, hash)
  setStatus(row, source, { id, hash, status: pick(statuses, turn(seed, planIndex, index, 20)), manual, created })
  return row
}

/** A row with the fields that stay the same while a task moves through its states. */
export function draftOf({ ids, planIndex, wirePlanId }: TaskSource, id: string, hash: number, created: number): Draft {
  const full = draw(hash, 1, 3) > 0
  const setId = full
    ? ids.write({ kind: 'full-set', plan: planIndex, index: draw(hash, 2, fullSets) })
    : ids.write({ kind: 'increment-job', plan: planIndex, index: 0 })
  return {
    BackupSetDownloadTaskId: id,
    BackupSetDownloadTaskName: full ? `${setId}-ManualFull` : `${setId}-ManualCont`,
    BackupPlanId: wirePlanId,
    BackupSetId: setId,
    BackupSetCode: full ? setId : logFile(draw(hash, 2, incrementSets)),
    BackupSetJobType: full ? 'cbs_backup_sub_full' : 'cbs_backup_sub_cont',
    BackupSetDbType: pick(databases, planIndex),
    BackupSetDataFormat: pick(dataFormats, draw(hash, 3, dataFormats.length)),
    BackupSetDownloadCreateTime: created,
  }
}

export const logFile = (index: number): string => `mysql-bin.${String(index + 1).padStart(6, '0')}`

export interface TaskMoment {
  readonly id: string
  readonly hash: number
  readonly status: Status
  readonly manual: boolean
  /** Epoch milliseconds. */
  readonly created: number
  /** Epoch milliseconds; some time after `created` when left out. */
  readonly finished?: number
}

/** Sets what depends on the state: state, finish time, links (finished manual tasks only), the error text of failed ones. */
export function setStatus(row: Draft, { links }: TaskSource, { id, hash, status, manual, created, finished }: TaskMoment): void {
  row['BackupSetDownloadStatus'] = status
  // What the service sends before a task has ended is not documented: absent, 0 and null are met.
  if (status === 'finish' || status === 'stop') row['BackupSetDownloadFinishTime'] = finished ?? created + 12_000 + draw(hash, 5, 3 * hour)
  else if (hash % 3 > 0) row['BackupSetDownloadFinishTime'] = hash % 3 === 1 ? 0 : null
  if (manual && status === 'finish') {
    row['BackupSetDownloadInternetUrl'] = links.shown(id, hash, 'internet')
    row['BackupSetDownloadIntranetUrl'] = links.shown(id, hash, 'intranet')
  } else if (hash % 2 === 0) {
    row['BackupSetDownloadInternetUrl'] = ''
    row['BackupSetDownloadIntranetUrl'] = 'N/A'
  }
  if (status === 'stop' || status === 'init') row['ErrMessage'] = pick(failures, draw(hash, 6, failures.length))
}

function setAutomatic(row: Draft, hash: number): void {
  row['BackupSetDownloadWay'] = 'auto'
  row['BackupSetDownloadTargetType'] = 'agent'
  row['BackupSetDownloadDir'] = pick(directories, draw(hash, 7, directories.length))
  row['BackupGatewayId'] = 9_007_199_254_740_993n + BigInt(hash) * 2_000_000_000n
}

/** The newest documented example prints N/A where a field does not apply; older ones leave it out; 0 means no gateway in the plan list. */
function setManual(row: Draft, hash: number): void {
  const way = draw(hash, 8, 3)
  row['BackupSetDownloadWay'] = 'manual'
  if (way === 1) {
    row['BackupSetDownloadTargetType'] = 'N/A'
    row['BackupSetDownloadDir'] = 'N/A'
  }
  if (way > 0) row['BackupGatewayId'] = way === 1 ? 'N/A' : 0
}

function sizeOf(hash: number, flavour: number): WireValue {
  if (flavour === 0) return 9_007_199_254_740_993n + BigInt(hash) * 2_000_000_000n
  if (flavour === 1) return 0
  return 1000 + (draw(hash, 4, 1_000_000_000) + 1) * (1 + draw(hash, 9, 4000))
}

/** A number below `turns` that takes each value once in as many rows, starting elsewhere in each block: even short lists hold everything. */
function turn(seed: number, planIndex: number, index: number, turns: number): number {
  return (index + mix(seed, planIndex + turns * 7919, Math.floor(index / turns))) % turns
}

function pick<const Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value
}
