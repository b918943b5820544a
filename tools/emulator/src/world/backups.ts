import type { Ids } from './ids.js'
import type { Plan } from './plans.js'
import { draw, mix } from './random.js'
import { fullSets, incrementSets, logFile } from './task-row.js'
import type { WireRow } from './wire.js'

const day = 86_400_000
const newest = Date.UTC(2026, 0, 15, 2)

/** The full backups of a plan, newest first. */
export function fullBackups(seed: number, ids: Ids, plan: Plan): WireRow[] {
  return Array.from({ length: fullSets }, (_, index) => {
    const start = newest - index * day
    const running = index === 0
    return {
      BackupSetId: ids.write({ kind: 'full-set', plan: plan.index, index }),
      BackupStatus: running ? 'running' : index % 9 === 8 ? 'stop' : 'finish',
      BackupSize: 1_000_000 + draw(mix(seed, plan.index ^ 0xf011, index), 0, 4_000_000_000),
      StorageMethod: running ? 'UNKNOWN' : 'Standard', // UNKNOWN: the task is not done
      BackupObjects: '[{"DBName":"test"}]',
      SourceEndpointIpPort: '10.0.0.8:3306',
      ErrMessage: '',
      CreateTime: start,
      FinishTime: running ? 0 : start + 900_000,
      StartTime: start,
      EndTime: running ? 0 : start + 900_000,
      BackupSetExpiredTime: start + 730 * day,
    }
  })
}

/** The log files of a plan, newest first; all belong to its one increment job. */
export function incrementBackups(seed: number, ids: Ids, plan: Plan): WireRow[] {
  const job = ids.write({ kind: 'increment-job', plan: plan.index, index: 0 })
  return Array.from({ length: incrementSets }, (_, age) => {
    const start = newest - age * (day / 8)
    return {
      BackupSetId: logFile(incrementSets - 1 - age), // the log file name is the id of the set
      BackupSetJobId: job,
      BackupStatus: age === 0 ? 'FILLING' : 'COMPLETED',
      BackupSize: 1000 + draw(mix(seed, plan.index ^ 0x1c4, age), 0, 500_000_000),
      StorageMethod: age === 0 ? 'UNKNOWN' : 'Standard',
      SourceEndpointIpPort: '10.0.0.8:3306',
      StartTime: start,
      EndTime: start + day / 8,
      BackupSetExpiredTime: start + 730 * day,
    }
  })
}

/** Times of a request in seconds or milliseconds: the documented examples of one list have the former, those of the other the latter. */
export const toMilliseconds = (time: number): number => (time < 100_000_000_000 ? time * 1000 : time)
