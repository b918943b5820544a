import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExactJson } from '../wire/json.js'
import { parseXml } from '../wire/xml.js'
import { apiFields, DownloadTask, readDownloadTask } from './download-task.js'
import { wireName } from './row-reader.js'

const id = { BackupSetDownloadTaskId: 'urxgrxt7abcd' }
const read = (fields: object): DownloadTask => readDownloadTask({ ...id, ...fields })
const fromJson = (json: string): DownloadTask => readDownloadTask(parseExactJson(json))

/** The documented field examples, assembled to one row. */
const sample = `{"BackupSetDownloadStatus":"finish","BackupSetDataSize":237837,"BackupSetDownloadCreateTime":1642044001000,
  "BackupPlanId":"qhnuhyw3****","BackupSetDbType":"MySQL","BackupSetId":"1h7za2yws****","BackupSetDownloadWay":"manual",
  "BackupSetDownloadInternetUrl":"\\"//dbs-137XXXX.oss-cn-hangzhou.example\\"","BackupSetDownloadFinishTime":1642044013000,
  "BackupSetJobType":"cbs_backup_sub_cont","BackupSetDownloadTaskId":"urxgrxt7****","BackupSetDownloadTaskName":"1h7za2yws****-ManualCont",
  "BackupSetDataFormat":"Native","BackupSetCode":"mysql-bin.00XXXX","BackupSetDownloadTargetType":"N/A","BackupSetDownloadDir":"",
  "BackupGatewayId":0,"ErrMessage":null}`

test('the documented row becomes a task of ours', () => {
  expect(fromJson(sample)).toStrictEqual({
    backupSetDownloadTaskId: 'urxgrxt7****',
    backupSetDownloadTaskName: '1h7za2yws****-ManualCont',
    backupPlanId: 'qhnuhyw3****',
    backupSetId: '1h7za2yws****',
    backupSetCode: 'mysql-bin.00XXXX',
    backupSetJobType: 'cbs_backup_sub_cont',
    backupSetDbType: 'MySQL',
    backupSetDataFormat: 'Native',
    backupSetDataSize: 237_837,
    backupSetDownloadWay: 'manual',
    backupSetDownloadStatus: 'finish',
    backupSetDownloadCreateTime: '2022-01-13T03:20:01.000Z',
    backupSetDownloadFinishTime: '2022-01-13T03:20:13.000Z',
    backupSetDownloadInternetUrl: 'https://dbs-137XXXX.oss-cn-hangzhou.example',
    state: 'done',
    durationMs: 12_000,
  })
})

test('64-bit ids and sizes keep every digit', () => {
  const task = fromJson(`{"BackupSetDownloadTaskId":"a","BackupGatewayId":9007199254740993,"BackupSetDataSize":9223372036854775807}`)
  expect(task).toMatchObject({ backupGatewayId: '9007199254740993', backupSetDataSize: '9223372036854775807' })
})

test('numbers sent as text are numbers all the same', () => {
  expect(
    read({ BackupSetDataSize: '213', BackupSetDownloadCreateTime: '1554560477000', BackupGatewayId: 2_134_324_232_134 }),
  ).toMatchObject({
    backupSetDataSize: 213,
    backupSetDownloadCreateTime: '2019-04-06T14:21:17.000Z',
    backupGatewayId: '2134324232134',
  })
})

test.each(['', 'N/A', null, undefined, 0, '0'])('a time of %j is absent', (time) => {
  expect(read({ BackupSetDownloadFinishTime: time })).toStrictEqual({ backupSetDownloadTaskId: 'urxgrxt7abcd', state: 'unknown' })
})

test('a task that ends before it begins has no duration', () => {
  expect(read({ BackupSetDownloadCreateTime: 2000, BackupSetDownloadFinishTime: 1000 })).not.toHaveProperty('durationMs')
})

test('what is not known is kept as sent', () => {
  const task = fromJson(`{"BackupSetDownloadTaskId":"a","New":12345678901234567890,"Yes":true,"None":null,"Deep":{"List":[1,{"x":1.50}]}}`)
  expect(task.raw).toEqual({ New: '12345678901234567890', Yes: 'true', None: null, Deep: { List: ['1', { x: '1.50' }] } })
  expect(Object.getPrototypeOf(task.raw)).toBeNull()
})

test.each([
  ['BackupSetDataSize', '12.5'],
  ['BackupSetDownloadCreateTime', '2022-01-13T03:20:01Z'],
  ['BackupSetDownloadCreateTime', '-1'],
  ['BackupSetDownloadFinishTime', '99999999999999999999'],
  ['BackupSetDownloadInternetUrl', 'javascript:alert(1)'],
  ['BackupSetCode', { a: '1' }],
])('%s of %j cannot be read, and is kept', (name, value) => {
  const task = read({ [name]: value })
  expect(task).toEqual({ ...read({}), raw: { [name]: value } })
})

test('a status nobody knows passes as sent', () => {
  expect(read({ BackupSetDownloadStatus: 'constructor' })).toMatchObject({ backupSetDownloadStatus: 'constructor', state: 'unknown' })
})

test.each([{}, { BackupSetDownloadTaskId: '' }, { BackupSetDownloadTaskId: null }, 'text', null, ['a']])('the row %j has no id', (row) => {
  expect(() => readDownloadTask(row)).toThrow(expect.objectContaining({ code: 'unreadable-answer' }))
})

test('the error of a row names the field it lacks', () => {
  expect(() => readDownloadTask({})).toThrow('BackupSetDownloadTaskId')
})

test('hostile names reach no prototype', () => {
  const task = fromJson(
    `{"BackupSetDownloadTaskId":"a","__proto__":{"state":"x","polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
  )
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
  expect(Object.keys(task.raw ?? {}).toSorted()).toEqual(['__proto__', 'constructor'])
  expect(Object.getPrototypeOf(task)).toBe(Object.prototype)
})

const digits = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String)
const words = fc.oneof(
  fc.constantFrom('', 'N/A', 'finish', 'MySQL', '备份-1', '//host.example/a?b=c', "'=1+1"),
  fc.string({ minLength: 1, maxLength: 8 }),
)
const numeric = new Set(['BackupSetDataSize', 'BackupSetDownloadCreateTime', 'BackupSetDownloadFinishTime', 'BackupGatewayId'])
const wireRow = fc.record(Object.fromEntries(apiFields.map(wireName).map((name) => [name, numeric.has(name) ? digits : words])), {
  requiredKeys: [],
})

const escaped = (text: string): string => text.replaceAll(/[^\w /?:.-]/gu, (char) => `&#${char.codePointAt(0)};`)
/** XML cannot write most control characters and lone surrogates, and blanks at an end are not safe from layout. */
const isXmlText = (text: string): boolean => text.isWellFormed() && text.trim() === text && !/[\p{Cc}\uFFFE\uFFFF]/u.test(text)

test('JSON and XML give equal tasks, and both survive JSON', () => {
  fc.assert(
    fc.property(wireRow, (fields) => {
      const row = { ...fields, BackupSetDownloadTaskId: 'a' }
      fc.pre(Object.values(row).every(isXmlText))
      const entries = Object.entries(row)
      const json = `{${entries.map(([name, value]) => `"${name}":${numeric.has(name) ? value : JSON.stringify(value)}`).join()}}`
      const xml = `<Row>${entries.map(([name, value]) => `<${name}>${escaped(value)}</${name}>`).join('')}</Row>`
      const task = fromJson(json)
      const { raw: _, ...known } = task
      const { raw: __, ...knownFromXml } = readDownloadTask(parseXml(xml).value)
      expect(knownFromXml).toStrictEqual(known)
      expect(JSON.parse(JSON.stringify(task))).toEqual(task)
      expect(DownloadTask.safeParse(task).error).toBeUndefined()
    }),
  )
})
