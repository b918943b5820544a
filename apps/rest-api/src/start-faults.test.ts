import { DbsError } from '@backset/core'
import { SettingsError } from '@backset/settings'
import { expect, test } from 'vitest'
import { allOrEveryFault } from './start-faults.js'

const fault = (message: string, hint: string) => new DbsError('invalid-setting', message, { hint })

test('parts come as they were named', async () => {
  expect(await allOrEveryFault([Promise.resolve(1), Promise.resolve('b')])).toEqual([1, 'b'])
})

test('the only fault comes as it is', async () => {
  const only = fault('No file.', 'Make one.')
  await expect(allOrEveryFault([Promise.resolve(1), Promise.reject(only)])).rejects.toBe(only)
})

test('faults are told together, each with its remedy', async () => {
  const several = new SettingsError([
    { source: '--a', message: '--a is wrong.', remedy: 'Mend it.' },
    { source: '--b', message: '--b is wrong.' },
  ])
  await expect(allOrEveryFault([Promise.reject(fault('No file.', 'Make one.')), Promise.reject(several)])).rejects.toMatchObject({
    code: 'invalid-setting',
    message: 'No file.\n--a is wrong.\n--b is wrong.',
    hint: 'Make one. Mend it.',
  })
})

test('a fault of the program is not taken for one of settings', async () => {
  const broken = new TypeError('broken')
  await expect(allOrEveryFault([Promise.reject(fault('No file.', 'Make one.')), Promise.reject(broken)])).rejects.toBe(broken)
})
