import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { filterOf, hrefOf, readAddress } from './address.js'

const given = (href: string): ReturnType<typeof readAddress> => {
  const query: Record<string, string[]> = {}
  for (const [name, value] of new URL(href, 'http://here').searchParams) (query[name] ??= []).push(value)
  return readAddress(query)
}

test('fields left empty say nothing, and boxes ticked are a list', () => {
  const address = readAddress({ backupPlanId: ['dbs1'], name: [''], since: [' '], status: ['failed', 'active'] })
  expect(address).toEqual({ backupPlanId: 'dbs1', status: 'failed,active' })
  expect(filterOf(address)).toEqual({ status: 'failed,active' })
})

test('an address is read as it was written', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }).filter((one) => one.trim() !== '')
  fc.assert(
    fc.property(fc.record({ backupPlanId: text, name: text, dbType: text, sort: text }, { requiredKeys: [] }), (address) => {
      expect(given(hrefOf(address))).toEqual(address)
    }),
  )
})

test('another filter begins at the first page, another page keeps the filter', () => {
  const address = { backupPlanId: 'dbs1', status: 'failed', page: '3', version: 'v' }
  expect(hrefOf(address, { status: undefined })).toBe('/?backupPlanId=dbs1')
  expect(hrefOf(address, { page: '4', version: 'v' })).toBe('/?backupPlanId=dbs1&status=failed&page=4&version=v')
})

test.each([{ regoin: ['x'] }, { limit: ['0'] }, { limit: ['1001'] }, { page: ['-1'] }, { order: ['up'] }])('%o is refused', (query) => {
  expect(() => readAddress(query)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})
