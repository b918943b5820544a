import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { reportSchema } from '../src/config/report-schema.js'

const kept = new URL('../report.schema.json', import.meta.url)
const text = `${JSON.stringify(reportSchema(), undefined, 2)}\n`
if (process.env['UPDATE'] === '1') writeFileSync(kept, text)

test('the schema that is kept is the one of the code', () => {
  // UPDATE=1 writes it anew.
  expect(readFileSync(kept, 'utf8')).toBe(text)
})

const validate = new Ajv({ strict: false, formats: { uri: true } }).compile(reportSchema())

test.each([
  [true, { region: 'cn-hangzhou', pageSize: 50, allowHttp: true, filter: { status: ['finish'], since: '7d' }, failIf: 'any', keep: 12 }],
  [true, { source: { plans: ['dbs1'] }, notices: [{ command: ['mail', 'dba'] }, { webhook: { url: 'https://hooks.example' } }] }],
  [false, { formt: 'csv' }],
  [false, { format: 'xml' }],
  [false, { pageSize: 31 }],
  [false, { keep: 0 }],
  [false, { source: { plan: 'all' } }],
])('an editor is told %s of %j', (isRight, fields) => {
  expect(validate({ version: 1, reports: [{ name: 'a', source: { plans: 'all' }, ...fields }] })).toBe(isRight)
})
