import { expect, test } from 'vitest'
import { createFullBackupSetDownload } from './create-full-backup-set-download.js'
import { createIncrementBackupSetDownload } from './create-increment-backup-set-download.js'
import { describeBackupPlanList } from './describe-backup-plan-list.js'
import { describeBackupSetDownloadTaskList } from './describe-backup-set-download-task-list.js'
import { describeFullBackupList } from './describe-full-backup-list.js'
import { describeIncrementBackupList } from './describe-increment-backup-list.js'
import { describeRegions } from './describe-regions.js'
import { checkInput } from './fields.js'
import type { Operation, WireParameters } from './operation.js'

const sent = <Input>({ action, input: schema }: Operation<Input, unknown>, input: Input): WireParameters =>
  checkInput(action, schema, input)
/** For what the types already refuse. */
const sentUnchecked = <Input>(operation: Operation<Input, unknown>, input: object): WireParameters => sent(operation, input as Input)

test('every parameter of the list goes out under its wire name', () => {
  const input = {
    backupPlanId: 'dbs1',
    backupSetDownloadTaskId: 'urx1',
    pageNum: 0,
    pageSize: 50 as const,
    regionId: 'cn-hangzhou',
    clientToken: 'ETnLKlblzczshOTUbOCz',
    ownerId: 5,
  }
  expect(sent(describeBackupSetDownloadTaskList, input)).toEqual({
    BackupPlanId: 'dbs1',
    BackupSetDownloadTaskId: 'urx1',
    PageNum: 0,
    PageSize: 50,
    RegionId: 'cn-hangzhou',
    ClientToken: 'ETnLKlblzczshOTUbOCz',
    OwnerId: 5,
  })
})

test('what is not given is left to DBS', () => {
  expect(sent(describeBackupSetDownloadTaskList, { backupPlanId: 'dbs1' })).toEqual({ BackupPlanId: 'dbs1' })
})

test.each([
  [{}, 'backupPlanId', 'Give backupPlanId, backupSetDownloadTaskId or both: DBS lists nothing without one.'],
  [{ backupPlanId: '' }, 'backupPlanId', 'backupPlanId is empty; leave it out, or give one.'],
  [{ backupPlanId: 'a', pageSize: 31 }, 'pageSize', 'pageSize is 31, but DBS takes 30, 50 or 100.'],
  [{ backupPlanId: 'a', pageSize: '30' }, 'pageSize', 'pageSize is "30", but DBS takes 30, 50 or 100.'],
  [{ backupPlanId: 'a', pageNum: -1 }, 'pageNum', 'pageNum is -1, but DBS takes whole numbers from 0 to 2147483647.'],
  [{ backupPlanId: 'a', pageNum: 2_147_483_648 }, 'pageNum', 'pageNum is 2147483648, but DBS takes whole numbers from 0 to 2147483647.'],
  [{ backupPlanId: 'a', pageNum: 0.5 }, 'pageNum', 'pageNum is 0.5, but DBS takes whole numbers from 0 to 2147483647.'],
  [{ backupPlanId: 'a', clientToken: 'x'.repeat(65) }, 'clientToken', 'clientToken must have 1 to 64 ASCII characters.'],
  [{ backupPlanId: 'a', clientToken: 'é' }, 'clientToken', 'clientToken must have 1 to 64 ASCII characters.'],
  [{ backupPlanId: 'a', pagesize: 30 }, undefined, 'DescribeBackupSetDownloadTaskList knows no pagesize.'],
])('the list refuses %j by field and domain', (input, field, message) => {
  expect(() => sentUnchecked(describeBackupSetDownloadTaskList, input)).toThrow(
    expect.objectContaining({ code: 'invalid-input', field, message }),
  )
})

test('largest page number and longest token pass', () => {
  const input = { backupPlanId: 'a', pageNum: 2_147_483_647, clientToken: '~'.repeat(64) }
  expect(sent(describeBackupSetDownloadTaskList, input)).toMatchObject({ PageNum: 2_147_483_647 })
})

test('plans are asked by Region, any page to 100', () => {
  expect(sent(describeBackupPlanList, { region: 'cn-hangzhou', pageSize: 1 })).toEqual({ Region: 'cn-hangzhou', PageSize: 1 })
  expect(() => sent(describeBackupPlanList, { pageSize: 101 })).toThrow('pageSize is 101, but DBS takes whole numbers from 1 to 100.')
})

test('full backups are asked in seconds, rounded outwards', () => {
  const input = { backupPlanId: 'a', startTime: '2023-02-20T09:58:20.999Z', endTime: new Date(1_676_887_128_001) }
  expect(sent(describeFullBackupList, input)).toEqual({ BackupPlanId: 'a', StartTimestamp: 1_676_887_100, EndTimestamp: 1_676_887_129 })
})

test('increment backups are asked in milliseconds', () => {
  const input = { backupPlanId: 'a', startTime: 1_570_701_361_528, endTime: '2019-10-10T17:56:01.528+08:00', showStorageType: true }
  expect(sent(describeIncrementBackupList, input)).toEqual({
    BackupPlanId: 'a',
    StartTimestamp: 1_570_701_361_528,
    EndTimestamp: 1_570_701_361_528,
    ShowStorageType: true,
  })
})

test('a time without a zone is refused', () => {
  expect(() => sent(describeFullBackupList, { backupPlanId: 'a', startTime: '2023-02-20' })).toThrow(
    expect.objectContaining({ field: 'startTime', message: expect.stringContaining('with a zone') }),
  )
})

test('a missing id is called missing', () => {
  expect(() => sentUnchecked(describeFullBackupList, {})).toThrow('backupPlanId is missing.')
})

test('a download of a full set names the set', () => {
  expect(sent(createFullBackupSetDownload, { backupSetId: 'dbs1hv', dataFormat: 'SQL', clientToken: 't' })).toEqual({
    BackupSetId: 'dbs1hv',
    BackupSetDataFormat: 'SQL',
    ClientToken: 't',
  })
})

test('a download of an increment swaps job and file', () => {
  expect(sent(createIncrementBackupSetDownload, { jobId: 't4yh0g0g', logFile: 'mysql-bin.000054' })).toEqual({
    BackupSetId: 't4yh0g0g',
    BackupSetName: 'mysql-bin.000054',
  })
})

test('a format DBS does not take is refused', () => {
  expect(() => sentUnchecked(createFullBackupSetDownload, { backupSetId: 'a', dataFormat: 'csv' })).toThrow(
    'dataFormat is "csv", but DBS takes Native, SQL, CSV or JSON.',
  )
})

test('a create answers with the id of its task', () => {
  const output = createFullBackupSetDownload.output({
    RequestId: 'r',
    HttpStatusCode: '200',
    Success: 'true',
    BackupSetDownloadTaskId: 'dbstooi01exxxxx',
  })
  expect(output).toEqual({ requestId: 'r', httpStatusCode: 200, success: true, backupSetDownloadTaskId: 'dbstooi01exxxxx' })
  expect(() => createFullBackupSetDownload.output({ Success: true })).toThrow(expect.objectContaining({ code: 'unreadable-answer' }))
})

test('regions come as plain ids', () => {
  expect(describeRegions.output({ RequestId: 'r', Regions: { RegionCode: ['cn-hangzhou', 'cn-beijing'] } })).toEqual({
    requestId: 'r',
    regions: ['cn-hangzhou', 'cn-beijing'],
  })
  expect(describeRegions.output({ Regions: { RegionCode: 'cn-hangzhou' } }).regions).toEqual(['cn-hangzhou'])
  expect(describeRegions.output({}).regions).toEqual([])
  expect(() => describeRegions.output({ Regions: { Other: [] } })).toThrow(expect.objectContaining({ code: 'unreadable-answer' }))
})
