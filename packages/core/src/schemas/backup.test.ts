import { expect, test } from 'vitest'
import { FullBackup, IncrementBackup, readFullBackup, readIncrementBackup } from './backup.js'

test('a full backup is read', () => {
  const backup = readFullBackup({
    BackupSetId: 'dbs1hvXXXXX',
    BackupStatus: 'finish',
    BackupSize: '9223372036854775807',
    CreateTime: 1_676_887_128_000,
    BackupSetExpiredTime: 0,
    LogicalFullBackupProgress: '100',
    StorageMethod: 'UNKNOWN',
    New: '1',
  })
  expect(backup).toEqual({
    backupSetId: 'dbs1hvXXXXX',
    backupStatus: 'finish',
    backupSize: '9223372036854775807',
    createTime: '2023-02-20T09:58:48.000Z',
    logicalFullBackupProgress: 100,
    storageMethod: 'UNKNOWN',
    raw: { New: '1' },
  })
  expect(FullBackup.safeParse(backup).success).toBe(true)
})

test('an increment backup is read', () => {
  const backup = readIncrementBackup({
    BackupSetId: 'mysql-bin.000054',
    BackupSetJobId: 't4yh0g0g',
    BackupStatus: 'COMPLETED',
    EndTime: '1570701361528',
  })
  expect(backup).toStrictEqual({
    backupSetId: 'mysql-bin.000054',
    backupSetJobId: 't4yh0g0g',
    backupStatus: 'COMPLETED',
    endTime: '2019-10-10T09:56:01.528Z',
  })
  expect(IncrementBackup.safeParse(backup).success).toBe(true)
})

test('a backup without an id is refused', () => {
  expect(() => readFullBackup({})).toThrow('BackupSetId')
  expect(() => readIncrementBackup('')).toThrow('no object')
})
