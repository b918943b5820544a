import type { Ids } from './ids.js'
import { draw, mix } from './random.js'
import { databases, dataFormats, directories } from './samples.js'
import type { WireRow } from './wire.js'

export interface Plan {
  readonly index: number
  /** With its `dbs` prefix. */
  readonly id: string
}

/** All plans lie here: the host of many regions is one and the same, and the task list knows no region. */
export const region = 'cn-hangzhou'

/** Regions of the newest endpoint table, as DescribeRegions may name them. */
export const regions = [
  'cn-hangzhou',
  'cn-shanghai',
  'cn-beijing',
  'cn-shenzhen',
  'cn-qingdao',
  'cn-zhangjiakou',
  'cn-huhehaote',
  'cn-wulanchabu',
  'cn-chengdu',
  'cn-hongkong',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-3',
  'ap-southeast-5',
  'us-west-1',
  'us-east-1',
  'eu-central-1',
  'eu-west-1',
] as const

const names = ['orders-weekly', '用户库-每日备份', 'ledger & "archive"', '=billing+tax', 'inventory'] as const
const statuses = ['running', 'running', 'running', 'stop', 'pause', 'check_pass', 'wait', 'init', 'locked'] as const

export const plansOf = (ids: Ids, count: number): readonly Plan[] =>
  Array.from({ length: count }, (_, index) => ({ index, id: `dbs${ids.write({ kind: 'plan', plan: index, index: 0 })}` }))

/** A plan id without the prefix that answers and users leave out. */
export const bareId = (planId: string): string => planId.replace(/^dbs/, '')

export const namesPlan = (plan: Plan, planId: string): boolean => bareId(plan.id) === bareId(planId)

/** The plan as DescribeBackupPlanList shows it. */
export function planRow(seed: number, { index, id }: Plan): WireRow {
  const hash = mix(seed, 0x0f1a, index)
  const auto = index % 2 === 1
  return {
    BackupPlanId: id,
    BackupPlanName: names[index % names.length] ?? id,
    BackupPlanStatus: statuses[index % statuses.length] ?? 'running',
    BackupPlanCreateTime: Date.UTC(2025, 10, 1) + draw(hash, 0, 60 * 86_400_000),
    BackupMethod: 'logical',
    DatabaseType: databases[index % databases.length] ?? 'MySQL',
    InstanceClass: ['micro', 'small', 'medium', 'large', 'xlarge'][draw(hash, 1, 5)] ?? 'micro',
    BackupObjects: '[{"DBName":"test"}]',
    BackupPeriod: 'Monday,Thursday',
    BackupStartTime: '14:22',
    BackupRetentionPeriod: 730,
    BackupStorageType: 'system', // only backups in the built-in storage can be downloaded
    EnableBackupLog: true,
    OpenBackupSetAutoDownload: auto,
    BackupSetDownloadDir: auto ? (directories[index % directories.length] ?? 'test') : '',
    BackupSetDownloadTargetType: auto ? 'agent' : '',
    BackupSetDownloadGatewayId: auto ? 9_007_199_254_740_993n + BigInt(hash) : 0,
    BackupSetDownloadFullDataFormat: dataFormats[2],
    BackupSetDownloadIncrementDataFormat: dataFormats[0],
    BackupGatewayId: 0, // none
    SourceEndpointInstanceType: 'rds',
    SourceEndpointInstanceID: `rm-${id.slice(3)}`,
    SourceEndpointRegion: region,
    SourceEndpointIpPort: '10.0.0.8:3306',
    SourceEndpointUserName: 'backup',
    ErrMessage: '',
  }
}
