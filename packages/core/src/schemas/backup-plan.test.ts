import { expect, test } from 'vitest'
import { BackupPlan, readBackupPlan, samePlan, planKey } from './backup-plan.js'

test('a plan is read with its own kinds of value', () => {
  const plan = readBackupPlan({
    BackupPlanId: 'dbstooi01eXXXX',
    BackupPlanCreateTime: 1_582_527_713_000,
    BackupPeriod: 'Monday,Friday',
    BackupRetentionPeriod: '730',
    LogBackupRetentionPeriod: '7',
    EnableBackupLog: 'true',
    BackupGatewayId: 0,
    BackupSetDownloadGatewayId: '9007199254740993',
    OSSBucketName: 'bucket',
    BackupStorageType: 'system',
    SomethingNew: 1,
  })
  expect(plan).toEqual({
    backupPlanId: 'dbstooi01eXXXX',
    backupPlanCreateTime: '2020-02-24T07:01:53.000Z',
    backupPeriod: 'Monday,Friday',
    backupRetentionPeriod: 730,
    logBackupRetentionPeriod: 7,
    enableBackupLog: true,
    backupSetDownloadGatewayId: '9007199254740993',
    ossBucketName: 'bucket',
    backupStorageType: 'system',
    raw: { SomethingNew: '1' },
  })
  expect(BackupPlan.safeParse(plan).success).toBe(true)
})

test('a plan without an id is refused', () => {
  expect(() => readBackupPlan({ BackupPlanName: 'x' })).toThrow('BackupPlanId')
})

test.each([
  ['dbsqhnuhyw3', 'qhnuhyw3', true],
  ['qhnuhyw3', 'dbsqhnuhyw3', true],
  ['qhnuhyw3', 'qhnuhyw3', true],
  ['dbsqhnuhyw3', 'qhnuhyw4', false],
  ['dbs', '', false],
])('%s and %s name one plan: %s', (a, b, same) => {
  expect(samePlan(a, b)).toBe(same)
})

test('a plan id that is only the prefix stays', () => {
  expect(planKey('dbs')).toBe('dbs')
})
