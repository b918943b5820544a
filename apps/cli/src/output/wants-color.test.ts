import { expect, test } from 'vitest'
import { backset } from '../../test/backset.js'
import { sizeIn } from './process-terminal.js'
import { wantsColor } from './wants-color.js'

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, true],
  [{ FORCE_COLOR: '' }, false, false],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: 'false' }, true, false],
])('with %j, a terminal %s, colours are %s', (env, isTTY, wanted) => {
  expect(wantsColor(env, isTTY)).toBe(wanted)
})

test('FORCE_COLOR paints a table in a pipe, and no other format', async () => {
  const stdin = '{"backupSetDownloadTaskId":"a","backupSetDownloadStatus":"finish"}\n'
  const list = async (format: string) =>
    (await backset(['list', '--from', '-', '-o', format, '--columns', 'id,status'], undefined, { stdin, env: { FORCE_COLOR: '1' } })).stdout
  expect(await list('table')).toContain('\u001B[32mfinish\u001B[0m')
  for (const format of ['csv', 'json', 'yaml']) expect(await list(format)).not.toContain('\u001B')
})

test.each([
  ['40', 40],
  [undefined, 100],
  ['', 100],
  ['0', 100],
  ['-3', 100],
  ['wide', 100],
])('a size of %j is %d where it is 100', (variable, size) => {
  expect(sizeIn(variable, 100, 80)).toBe(size)
})

test('a terminal that does not know its size has the usual one', () => {
  expect(sizeIn(undefined, 0, 80)).toBe(80)
})
