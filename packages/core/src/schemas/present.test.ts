import { expect, test } from 'vitest'
import { readDownloadTask, type DownloadTask } from './download-task.js'
import { present, presentValue, sameTask, taskFingerprint } from './present.js'

const row = (signature: string): object => ({
  BackupSetDownloadTaskId: 'a',
  BackupSetDownloadInternetUrl: `//h.example/a.tar.gz?Signature=${signature}`,
  BackupSetDownloadIntranetUrl: `//i.example/a.tar.gz?Signature=${signature}`,
  ErrMessage: `GET https://h.example/a?Signature=${signature} failed`,
  SignedUrl: `https://h.example/b?Signature=${signature}`,
  OtherPlace: `"//h.example/c?x=${signature}"`,
  SecurityToken: signature,
  Nested: { Sign: [signature], Plain: 'kept' },
})
const task = readDownloadTask(row('canary'))

test('masked shows a link to the end of its path', () => {
  expect(present(task, { links: 'masked' })).toEqual({
    backupSetDownloadTaskId: 'a',
    backupSetDownloadInternetUrl: 'https://h.example/a.tar.gz?***',
    backupSetDownloadIntranetUrl: 'https://i.example/a.tar.gz?***',
    errMessage: 'GET https://h.example/a?*** failed',
    state: 'unknown',
    raw: {
      SignedUrl: 'https://h.example/b?***',
      OtherPlace: 'https://h.example/c?***',
      SecurityToken: '***',
      Nested: { Sign: ['***'], Plain: 'kept' },
    },
  })
})

test('omitted leaves links and secrets out whole', () => {
  expect(present(task, { links: 'omitted' })).toEqual({
    backupSetDownloadTaskId: 'a',
    errMessage: 'GET https://h.example/a?*** failed',
    state: 'unknown',
    raw: { Nested: { Plain: 'kept' } },
  })
})

test('full shows the very task', () => {
  expect(present(task, { links: 'full' })).toBe(task)
})

test('showing a task leaves the task alone', () => {
  const before = JSON.stringify(task)
  present(task, { links: 'omitted' })
  expect(JSON.stringify(task)).toBe(before)
})

test('an answer of call is masked at any depth', () => {
  const answer = {
    Items: { Row: [{ DownloadUrl: 'https://h.example/?k=canary', Token: { Value: 'canary', Pin: 1234 }, Count: 5, Ok: true, None: null }] },
  }
  expect(presentValue(answer, { links: 'masked' })).toEqual({
    Items: { Row: [{ DownloadUrl: 'https://h.example/?***', Token: { Value: '***', Pin: '***' }, Count: 5, Ok: true, None: null }] },
  })
})

test('a token that parses as an address is hidden', () => {
  expect(presentValue({ Token: 'v1:canary', Url: 'v1:canary', UrlToken: 'canary' }, { links: 'masked' })).toEqual({
    Token: '***',
    Url: '***',
    UrlToken: '***',
  })
})

test('no view but full shows a canary', () => {
  for (const links of ['masked', 'omitted'] as const) expect(JSON.stringify(present(task, { links }))).not.toContain('canary')
})

test('a name of the prototype stays a plain field', () => {
  const shown = presentValue(JSON.parse('{"__proto__":{"polluted":true}}'), { links: 'masked' })
  expect(JSON.stringify(shown)).toBe('{"__proto__":{"polluted":true}}')
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('links signed anew make no other task', () => {
  expect(sameTask(task, readDownloadTask(row('another')))).toBe(true)
})

test('fields in another order make no other task', () => {
  const one = readDownloadTask({ BackupSetDownloadTaskId: 'a', New: '1', Newer: { X: '1', Y: '2' } })
  const other = readDownloadTask({ Newer: { Y: '2', X: '1' }, New: '1', BackupSetDownloadTaskId: 'a' })
  expect(taskFingerprint(one)).toBe(taskFingerprint(other))
})

test.each<Partial<DownloadTask>>([
  { backupSetDataSize: 5 },
  { errMessage: 'other' },
  { state: 'done' },
  { region: 'cn-hangzhou' },
  { raw: { Plain: '1' } },
])('a change of %j makes another task', (change) => {
  expect(sameTask(task, { ...task, ...change })).toBe(false)
})

test('a ClientToken is no secret', () => {
  const value = { clientToken: 'nightly-1', ClientToken: 'x', SecurityToken: 'y' }
  expect(presentValue(value, { links: 'masked' })).toEqual({ clientToken: 'nightly-1', ClientToken: 'x', SecurityToken: '***' })
})
