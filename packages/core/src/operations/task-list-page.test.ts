import { expect, test } from 'vitest'
import { decode } from '../wire/decode.js'
import { describeBackupSetDownloadTaskList } from './describe-backup-set-download-task-list.js'

const read = async (text: string) =>
  describeBackupSetDownloadTaskList.output(await decode({ bytes: Buffer.from(text), contentType: undefined, httpStatus: 200 }))

const emptyPage = {
  requestId: 'BFE78B4D-7D57-43D8-ABCA-D11DED1F768E',
  success: true,
  httpStatusCode: 200,
  pageNum: 0,
  pageSize: 30,
  totalElements: 0,
  totalPages: 0,
  items: [],
}

// Both as the documentation of the operation prints them.
const sampleXml =
  '<DescribeBackupSetDownloadTaskListResponse> <RequestId>BFE78B4D-7D57-43D8-ABCA-D11DED1F768E</RequestId> <PageSize>30</PageSize> <PageNum>0</PageNum> <HttpStatusCode>200</HttpStatusCode> <TotalElements>0</TotalElements> <TotalPages>0</TotalPages> <Items></Items> <Success>true</Success> </DescribeBackupSetDownloadTaskListResponse> '
const sampleJson =
  '{ "RequestId": "BFE78B4D-7D57-43D8-ABCA-D11DED1F768E", "PageSize": 30, "PageNum": 0, "HttpStatusCode": 200, "TotalElements": 0, "TotalPages": 0, "Items": "", "Success": true } '

test('the documented XML answer is an empty page', async () => {
  expect(await read(sampleXml)).toStrictEqual(emptyPage)
})

test('the documented JSON answer is an empty page', async () => {
  expect(await read(sampleJson)).toStrictEqual(emptyPage)
})

test('one row in XML is a page of one', async () => {
  const row = '<BackupSetDownloadTaskDetail><BackupSetDownloadTaskId>a</BackupSetDownloadTaskId></BackupSetDownloadTaskDetail>'
  expect((await read(sampleXml.replace('<Items></Items>', `<Items>\n  ${row}\n</Items>`))).items).toEqual([
    { backupSetDownloadTaskId: 'a', state: 'unknown' },
  ])
})

test('an escaped link comes out of XML as it was', async () => {
  const row =
    '<BackupSetDownloadTaskDetail><BackupSetDownloadTaskId>a</BackupSetDownloadTaskId><BackupSetDownloadInternetUrl>//h.example/a?Expires=1&amp;Signature=b%2Bc</BackupSetDownloadInternetUrl></BackupSetDownloadTaskDetail>'
  const { items } = await read(sampleXml.replace('<Items></Items>', `<Items>${row}</Items>`))
  expect(items[0]?.backupSetDownloadInternetUrl).toBe('https://h.example/a?Expires=1&Signature=b%2Bc')
})

test('numbers sent as text count all the same', async () => {
  expect(await read(sampleJson.replaceAll(/: (\d+)/g, ': "$1"').replace('true', '"true"'))).toStrictEqual(emptyPage)
})

test('an ErrCode beside success stays in the page', async () => {
  expect(await read(sampleJson.replace('"Items": ""', '"ErrCode": "Param.NotFound", "ErrMessage": ""'))).toStrictEqual({
    ...emptyPage,
    errCode: 'Param.NotFound',
  })
})

test.each(['"none"', '{"Other":[]}', '[null]', '{"BackupSetDownloadTaskDetail":[{"BackupPlanId":"x"}]}'])(
  'Items of %s are refused',
  async (items) => {
    await expect(read(sampleJson.replace('"Items": ""', `"Items": ${items}`))).rejects.toMatchObject({ code: 'unreadable-answer' })
  },
)

test.each(['{}', '{"items":{"BackupSetDownloadTaskDetail":[]},"totalElements":1}'])('%s is no empty list', async (json) => {
  await expect(read(json)).rejects.toMatchObject({ code: 'unreadable-answer' })
})
