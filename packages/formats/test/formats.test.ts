import type { DownloadTask } from '@backset/core'
import {
  allAtOnce,
  columnsNamed,
  exactJson,
  formatNames,
  fullBackupRows,
  incrementBackupRows,
  oneByOne,
  openFormat,
  planRows,
  regionRows,
  rowView,
  taskRows,
} from '@backset/formats'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { anyTask, pagesOf, printed, task } from './tasks.js'

/** A listing that breaks after some of its pages. */
async function* broken(rows: readonly DownloadTask[]): AsyncGenerator<readonly DownloadTask[], void, undefined> {
  if (rows.length > 0) yield rows
  throw new Error('the list broke')
}

async function until(format: (typeof formatNames)[number], rows: readonly DownloadTask[]): Promise<{ text: string; error: unknown }> {
  const render = await openFormat(format, { kind: taskRows })
  let text = ''
  try {
    for await (const chunk of render(broken(rows))) text += chunk
  } catch (error) {
    return { text, error }
  }
  return { text, error: undefined }
}

const options = { kind: taskRows, links: 'full' } as const
const sizesAsNumbers = (tasks: readonly DownloadTask[]): unknown =>
  tasks.map((one) => (one.backupSetDataSize === undefined ? one : { ...one, backupSetDataSize: Number(one.backupSetDataSize) }))
const plain = (tasks: readonly DownloadTask[]): unknown => JSON.parse(JSON.stringify(tasks))

test('json is one document with every task', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { maxLength: 8 }), async (tasks) => {
      expect(JSON.parse(await printed('json', pagesOf(tasks), options))).toEqual(plain(sizesAsNumbers(tasks) as DownloadTask[]))
    }),
  )
})

test('ndjson has a task in each line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { maxLength: 8 }), async (tasks) => {
      const lines = (await printed('ndjson', pagesOf(tasks), options)).split('\n')
      expect(lines.pop()).toBe('')
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(plain(sizesAsNumbers(tasks) as DownloadTask[]))
    }),
  )
})

test.each(['1.1', '1.2'] as const)('yaml gives every task to a reader of %s', async (version) => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { maxLength: 5 }), async (tasks) => {
      const text = await printed('yaml', pagesOf(tasks), options)
      expect(parse(text, { version, intAsBigInt: true })).toEqual(
        JSON.parse(JSON.stringify(tasks), (key, value: unknown) => (key === 'backupSetDataSize' ? BigInt(value as string) : value)),
      )
    }),
  )
})

test('words that old readers misread are quoted', async () => {
  const names = ['no', 'on', '12:30:45', '0777', '2022-01-13', '~', 'null', '1e3', '']
  const text = await printed('yaml', allAtOnce(names.map((name) => ({ name }))), {})
  expect(parse(text, { version: '1.1' })).toEqual(names.map((name) => ({ name })))
})

describe.each(['json', 'ndjson', 'csv', 'tsv', 'yaml'] as const)('%s', (format) => {
  test('sizes are plain integers, exact', async () => {
    const text = await printed(format, pagesOf([task({ backupSetDataSize: '9223372036854775807' })]), options)
    expect(text).toMatch(/(?<!["\d])9223372036854775807(?!["\d])/)
  })

  test('links are masked unless asked for', async () => {
    const text = await printed(format, pagesOf([task()]))
    expect(text).toContain('https://files.example.com/urx1.tar.gz?***')
    expect(text).not.toContain('canary')
    expect(await printed(format, pagesOf([task()]), { kind: taskRows, links: 'omitted' })).not.toContain('files.example.com')
    expect(await printed(format, pagesOf([task()]), options)).toContain('canary')
  })

  test('rows of a query pass the gate too', async () => {
    const text = await printed(format, pagesOf([{ u: 'https://files.example.com/x?Signature=canary' }]), {})
    expect(text).not.toContain('canary')
  })
})

test('a text that looks like a size stays text', async () => {
  const hostile = {
    backupSetDownloadTaskName: '"backupSetDataSize":"9007199254740993"',
    raw: { 'x"backupSetDataSize': '12', 'x\\"backupSize': '12' },
  }
  const line = await printed('ndjson', allAtOnce([task(hostile)]), options)
  expect(JSON.parse(line)).toMatchObject(hostile)
})

test('one object is printed by itself', async () => {
  const single = { ...options, single: true, columns: ['taskId', 'size'] }
  const one = [task({ backupSetDataSize: '9007199254740993' })]
  expect(await printed('json', pagesOf(one), single)).toBe(
    '{\n  "backupSetDownloadTaskId": "urx1",\n  "backupSetDataSize": 9007199254740993\n}\n',
  )
  expect(await printed('yaml', pagesOf(one), single)).toBe('backupSetDownloadTaskId: urx1\nbackupSetDataSize: 9007199254740993\n')
})

test.each([
  ['json', '250\n'],
  ['ndjson', '250\n'],
  ['yaml', '250\n'],
  ['csv', '250\r\n'],
  ['tsv', '250\n'],
  ['table', '250\n'],
  ['id', '250\n'],
] as const)('one plain value is printed bare in %s', async (format, text) => {
  expect(await printed(format, allAtOnce([250]), { single: true })).toBe(text)
})

test.each(formatNames)('a bigint keeps its digits in %s', async (format) => {
  const rows = [9007199254740993n, -18014398509481985n]
  for (const one of rows) expect((await printed(format, allAtOnce([one]), { single: true })).trim()).toBe(String(one))
  const within: readonly unknown[] = format === 'id' ? rows : rows.map((size) => ({ size }))
  const text = await printed(format, allAtOnce(within), {})
  for (const one of rows) expect(text).toMatch(new RegExp(`(^|[^"'\\d-])${one}($|[^"'\\d])`, 'm'))
})

test('a text that looks like a marked bigint stays text', () => {
  const texts = fc.oneof(fc.string(), fc.stringMatching(/^\\?"?-?\d+n{0,3}"?:?$/))
  fc.assert(
    fc.property(fc.array(fc.tuple(texts, texts)), fc.option(fc.nat(4), { nil: undefined }), (pairs, indent) => {
      const value = { rows: pairs, keyed: pairs.map(([key, text]) => ({ [key]: text })) }
      expect(JSON.parse(exactJson({ ...value, big: 2n ** 60n }, indent))).toEqual({ ...value, big: 2 ** 60 })
    }),
  )
})

test('empty lists are whole documents', async () => {
  expect(await printed('json', pagesOf([]))).toBe('[]\n')
  expect(await printed('ndjson', pagesOf([]))).toBe('')
  expect(await printed('yaml', pagesOf([]))).toBe('[]\n')
  expect(await printed('id', pagesOf([]))).toBe('')
})

test.each(formatNames)('%s prints nothing when no row came', async (format) => {
  expect(await until(format, [])).toMatchObject({ text: '', error: { message: 'the list broke' } })
})

test('json is left unclosed after a failure', async () => {
  const { text, error } = await until('json', [task()])
  expect(error).toMatchObject({ message: 'the list broke' })
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
})

test.each(formatNames)('%s prints a page before asking for the next', async (format) => {
  let asked = 0
  async function* source(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    for (;;) {
      asked++
      yield [task({ backupSetDownloadTaskId: `urx${asked}` })]
    }
  }
  const text = (await openFormat(format, { kind: taskRows }))(source())
  const first = await text.next()
  expect({ asked, holds: first.value?.includes('urx1') }).toEqual({ asked: 1, holds: true })
  await text.return()
  expect(asked).toBe(1)
})

test.each(formatNames)('%s closes its source when its reader leaves', async (format) => {
  let closed = false
  async function* source(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    try {
      for (;;) yield [task()]
    } finally {
      closed = true
    }
  }
  for await (const text of (await openFormat(format, { kind: taskRows }))(source())) {
    expect(text).not.toBe('')
    break
  }
  expect(closed).toBe(true)
})

test('a huge batch does not become one text', async () => {
  const render = await openFormat('ndjson', { kind: taskRows })
  const sizes: number[] = []
  for await (const text of render(allAtOnce(Array.from({ length: 100 }, () => task())))) sizes.push(text.split('\n').length - 1)
  expect(sizes).toEqual([40, 40, 20])
})

test('ids are printed one a line', async () => {
  const rows = [task(), task({ backupSetDownloadTaskId: 'urx2' })]
  expect(await printed('id', oneByOne(allTasks(rows)))).toBe('urx1\nurx2\n')
  expect(await printed('id', pagesOf(['a', 7]), {})).toBe('a\n7\n')
  expect(await printed('id', pagesOf([{ backupPlanId: 'dbs1' }]), { kind: planRows })).toBe('dbs1\n')
})

async function* allTasks(rows: readonly DownloadTask[]): AsyncGenerator<DownloadTask, void, undefined> {
  yield* rows
}

test('an id that would read as two is refused', async () => {
  await expect(printed('id', pagesOf([task({ backupSetDownloadTaskId: 'urx1\nurx2' })]))).rejects.toMatchObject({
    code: 'unreadable-answer',
  })
  await expect(printed('id', pagesOf([{ a: 1 }]), {})).rejects.toMatchObject({ code: 'invalid-input' })
})

test('chosen columns choose the keys of objects', async () => {
  expect(await printed('ndjson', pagesOf([task()]), { kind: taskRows, columns: ['state', 'errMessage', 'taskId'] })).toBe(
    '{"state":"done","backupSetDownloadTaskId":"urx1"}\n',
  )
})

test('a query sees masked links and chosen fields', () => {
  const seen = rowView({ kind: taskRows, columns: ['internetUrl'] })(task())
  expect(seen).toEqual({ backupSetDownloadInternetUrl: 'https://files.example.com/urx1.tar.gz?***' })
})

test.each([
  ['bogus', taskRows, /no field "bogus"/, /^Fields: /],
  ['backupSetDownloadTaskld', taskRows, /no field/, /Did you mean backupSetDownloadTaskId/],
  ['backupPlanNme', planRows, /no column "backupPlanNme"/, /Did you mean backupPlanName/],
  ['type', planRows, /no column "type"/, /^It may mean databaseType or /],
  ['', planRows, /no column ""/, /^There are /],
  ['zzz', planRows, /no column "zzz"/, /^There are backupPlanId, /],
] as const)('the column %s is refused before anything is asked', async (name, kind, message, hint) => {
  await expect(openFormat('csv', { kind, columns: [name] })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  })
})

test.each([
  ['name', taskRows, 'backupSetDownloadTaskName'],
  ['SIZE', taskRows, 'backupSetDataSize'],
  ['planName', planRows, 'backupPlanName'],
  ['databasetype', planRows, 'databaseType'],
  ['id', planRows, 'backupPlanId'],
  ['name', planRows, 'backupPlanName'],
  ['Status', planRows, 'backupPlanStatus'],
  ['createTime', planRows, 'backupPlanCreateTime'],
  ['created', planRows, 'backupPlanCreateTime'],
  ['plan', planRows, 'backupPlanId'],
  ['database', planRows, 'databaseType'],
  ['database', taskRows, 'backupSetDbType'],
  ['region', planRows, 'region'],
  ['id', regionRows, 'regionId'],
  ['region', regionRows, 'regionId'],
  ['id', fullBackupRows, 'backupSetId'],
  ['size', fullBackupRows, 'backupSize'],
  ['id', incrementBackupRows, 'backupSetId'],
  ['jobId', incrementBackupRows, 'backupSetJobId'],
] as const)('the short name %s is a column', (name, kind, full) => {
  expect(columnsNamed(kind, [name]).map((column) => column.name)).toEqual([full])
})

test('a column named twice is refused', async () => {
  await expect(openFormat('csv', { kind: taskRows, columns: ['size', 'backupSetDataSize'] })).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test.each(['json', 'ndjson', 'csv', 'tsv', 'yaml', 'id'] as const)('%s sends a terminal nothing it obeys', async (format) => {
  await fc.assert(
    fc.asyncProperty(anyTask, async (one) => {
      const hostile = { ...one, backupSetDownloadTaskId: 'a\u001B]0;x\u0007\u202E\u200B\u{E0041}' }
      const text = await printed(format, allAtOnce([hostile]), { ...options, terminal: {} })
      expect(text.replaceAll('\r\n', '\n')).not.toMatch(/[^\P{C}\n\t]|[\u2028\u2029]/u)
      if (format === 'ndjson') expect(JSON.parse(text)).toEqual(JSON.parse(await printed(format, allAtOnce([hostile]), options)))
    }),
  )
})
