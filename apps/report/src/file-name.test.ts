import * as fc from 'fast-check'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { InputError } from '@backset/core'
import { checkTemplate, companionOf, fileName, fits } from './file-name.js'

const due = new Date('2026-11-23T22:05:09.700Z')
const facts = {
  name: 'weekly downloads',
  due,
  timeZone: 'Asia/Shanghai',
  plans: ['dbs1'],
  regions: ['cn-hangzhou'],
  ext: 'csv.gz',
} as const

test.each([
  ['{name}-{date}.{ext}', 'weekly downloads-2026-11-24.csv.gz'],
  ['{due}-{time}.{ext}', '20261123T220509Z-060509.csv.gz'],
  ['lake/year={year}/month={month}/day={day}/{hour}.{ext}', 'lake/year=2026/month=11/day=24/06.csv.gz'],
  ['{plan}@{region}', 'dbs1@cn-hangzhou'],
  ['报告-{date}', '报告-2026-11-24'],
])('%s becomes %s', (template, name) => {
  checkTemplate(template)
  expect(fileName(template, facts)).toBe(name)
})

test('what is not one is said to be several', () => {
  expect(fileName('{plan}-{region}', { ...facts, plans: ['a', 'b'], regions: ['x', 'y'] })).toBe('several-several')
  expect(fileName('{plan}-{region}', { ...facts, plans: 'all', regions: [undefined] })).toBe('all-endpoint')
})

test.each([
  '/tmp/x',
  '../x',
  'a/../b',
  'a//b',
  './x',
  '.hidden',
  'a\\b',
  'C:x',
  'a/',
  '',
  'x.',
  '{nam}',
  '{date',
  'a}b',
  'x\n',
  'x.manifest.json',
])('%j is no template', (template) => {
  expect(() => checkTemplate(template)).toThrow(InputError)
})

const part = fc.constantFrom(
  '{name}',
  '{date}',
  '{time}',
  '{due}',
  '{plan}',
  '{region}',
  '{ext}',
  '{hour}',
  'a',
  '-',
  '_',
  '.',
  '..',
  '/',
  '\\',
  ' ',
  '{',
  '}',
  '报',
  '\0',
  ':',
)
const template = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))
const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('..', '../..', '/etc/passwd', '.', 'a/../../b', 'nul\0', '\\..\\', '.backset-report'),
)

test('no value leads out of the folder or onto what is hidden', () => {
  fc.assert(
    fc.property(
      template,
      hostile,
      hostile,
      hostile,
      fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
      (text, name, plan, region, moment) => {
        try {
          checkTemplate(text)
        } catch {
          return
        }
        const made = fileName(text, { name, due: moment, timeZone: 'Europe/Berlin', plans: [plan], regions: [region], ext: 'csv' })
        const inside = relative('/out', resolve('/out', made))
        expect(inside.startsWith('..') || isAbsolute(inside)).toBe(false)
        expect(join('/out', made)).toBe(resolve('/out', made))
        for (const segment of made.split('/')) expect(segment).not.toMatch(/^\.|^$|[\0\\:]/)
        expect(made.split('/')).toHaveLength(text.split('/').length)
      },
    ),
    { numRuns: 2000 },
  )
})

test('due times make names of their own, whatever the zone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.integer({ min: 1, max: 4_000_000 }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe'),
      (seconds, apart, timeZone) => {
        const at = (s: number): string => fileName('{name}-{due}.{ext}', { ...facts, due: new Date(s * 1000), timeZone })
        expect(at(seconds)).not.toBe(at(seconds + apart))
      },
    ),
  )
})

test('the CSV beside a page bears its name', () => {
  expect(companionOf('lake/audit.html')).toBe('lake/audit.csv')
  expect(companionOf('audit.html.gz')).toBe('audit.csv')
  expect(companionOf('audit')).toBe('audit.csv')
})

test('a part of 200 bytes fits, and none longer', () => {
  expect(fits(`a/${'报'.repeat(66)}ab`)).toBe(true)
  expect(fits(`a/${'报'.repeat(67)}`)).toBe(false)
})
