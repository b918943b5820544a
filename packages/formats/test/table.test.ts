import type { DownloadTask } from '@backset/core'
import { allAtOnce, planRows, taskRows } from '@backset/formats'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { displayWidth } from '../src/display-width.js'
import { anyTask, pagesOf, printed, task } from './tasks.js'

const rows: readonly DownloadTask[] = [
  task(),
  task({
    backupSetDownloadTaskId: 'urx2',
    backupSetDownloadTaskName: 'weekly',
    backupSetDownloadStatus: 'running',
    backupSetDataSize: 0,
    state: 'active',
    durationMs: undefined,
  }),
]

test('a table reads at a glance', async () => {
  expect(await printed('table', allAtOnce(rows))).toMatchInlineSnapshot(`
    "TASK  STATUS   DATABASE  FORMAT      SIZE  CREATED              TOOK  NAME
    urx1  finish   MySQL     CSV     12.3 GiB  2022-01-13 03:20Z  42m05s  每日全量-ManualFull
    urx2  running  MySQL     CSV          0 B  2022-01-13 03:20Z          weekly
    "
  `)
})

test('columns of Chinese text stay straight', async () => {
  const text = await printed('table', allAtOnce(rows), { kind: taskRows, columns: ['taskName', 'status'] })
  const [header = '', ...lines] = text.trimEnd().split('\n')
  const start = displayWidth(header.slice(0, header.indexOf('STATUS')))
  expect(lines.map((line) => displayWidth(line.slice(0, line.search(/finish|running/))))).toEqual([start, start])
})

test('in a pipe nothing is cut', async () => {
  const long = 'n'.repeat(300)
  expect(await printed('table', allAtOnce([task({ backupSetDownloadTaskName: long })]))).toContain(long)
})

test('on a terminal no line is wider than it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 160 }), async (tasks, width) => {
      const text = await printed('table', pagesOf(tasks), { kind: taskRows, terminal: { width } })
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width)
    }),
  )
})

test.each([
  [100, 'TASK STATUS DATABASE FORMAT SIZE CREATED TOOK NAME'],
  [90, 'TASK STATUS DATABASE SIZE CREATED TOOK NAME'],
  [80, 'TASK STATUS SIZE CREATED TOOK NAME'],
  [67, 'TASK STATUS SIZE CREATED NAME'],
  [58, 'TASK STATUS SIZE CREATED'],
  [40, 'TASK STATUS SIZE'],
  [24, 'TASK STATUS'],
  [14, 'TASK'],
])('on %d columns stand %s, and what is no text stands whole', async (width, labels) => {
  const one = task({
    backupSetDownloadTaskId: 'urx1p0tc8sp',
    backupSetDownloadStatus: 'check_pass',
    backupSetDataSize: 1_081_999_999_999_999,
    backupSetDownloadTaskName: 'a name that is longer than there is room for',
  })
  const [head = '', line = ''] = (await printed('table', allAtOnce([one]), { kind: taskRows, terminal: { width } })).split('\n')
  expect(head.trim().split(/ +/).join(' ')).toBe(labels)
  expect(line).toContain('urx1p0tc8sp')
  if (labels.includes('SIZE')) expect(line).toContain('984.1 TiB')
  if (labels.includes('CREATED')) expect(line).toMatch(/ \d{4}-\d\d-\d\d \d\d:\d\dZ/)
})

test('columns that were asked for give way from the last on', async () => {
  const columns = ['size', 'id', 'created', 'name']
  const head = async (width: number) =>
    (await printed('table', allAtOnce([task()]), { kind: taskRows, columns, terminal: { width } })).split('\n')[0]?.trim().split(/ +/)
  expect(await head(60)).toEqual(['SIZE', 'TASK', 'CREATED', 'NAME'])
  expect(await head(40)).toEqual(['SIZE', 'TASK', 'CREATED'])
  expect(await head(25)).toEqual(['SIZE', 'TASK'])
})

test('a cut name ends in an ellipsis, ids stay whole', async () => {
  const one = task({ backupSetDownloadTaskName: '数据库'.repeat(40), backupSetDownloadTaskId: 'urx0123456789abcdef' })
  const [, line = ''] = (await printed('table', allAtOnce([one]), { kind: taskRows, terminal: { width: 100 } })).split('\n')
  expect(line).toMatch(/^urx0123456789abcdef .*数据库…?.*…$/)
  expect(displayWidth(line)).toBeLessThanOrEqual(100)
})

test('a later id that is longer finds room', async () => {
  const later = task({ backupSetDownloadTaskId: 'urx-much-longer-than-the-first' })
  const text = await printed('table', pagesOf([task(), later], 1), { kind: taskRows, terminal: { width: 140 } })
  expect(text).toContain('urx-much-longer-than-the-first')
})

test('each task is one line, whatever its name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { maxLength: 6 }), async (tasks) => {
      const text = await printed('table', pagesOf(tasks), { kind: taskRows, columns: ['taskId', 'taskName', 'errMessage', 'raw'] })
      expect(text.split('\n')).toHaveLength(tasks.length + 2)
      expect(text).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u)
    }),
  )
})

test('states have colours only when asked', async () => {
  expect(await printed('table', allAtOnce(rows))).not.toContain('\u001B')
  const text = await printed('table', allAtOnce(rows), { kind: taskRows, columns: ['status'], terminal: { width: 80, color: true } })
  expect(text).toBe('\u001B[1mSTATUS\u001B[0m\n\u001B[32mfinish\u001B[0m\n\u001B[36mrunning\u001B[0m\n')
})

test('times are of the zone that was asked', async () => {
  const columns = ['createTime']
  expect(await printed('table', allAtOnce([task()]), { kind: taskRows, columns, timeZone: 'Asia/Shanghai' })).toContain(
    '2022-01-13 11:20+08\n',
  )
  expect(await printed('table', allAtOnce([task()]), { kind: taskRows, columns, timeZone: 'Asia/Kolkata' })).toContain('08:50+05:30\n')
  expect(await printed('table', allAtOnce([task()]), { kind: taskRows, columns })).toContain('2022-01-13 03:20Z\n')
})

test('an empty list is its header', async () => {
  expect(await printed('table', pagesOf([]), { kind: planRows, columns: ['planId', 'planName'] })).toBe('PLAN  NAME\n')
})

test('rows of a query make a table too', async () => {
  expect(
    await printed(
      'table',
      pagesOf([
        { id: 'a', n: 10 },
        { id: 'bb', n: 2 },
      ]),
      {},
    ),
  ).toBe('ID  N\na   10\nbb  2\n')
})
