import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commonSettings } from './common.js'
import { configPlace, openConfigFile, parseConfigFile } from './config-file.js'
import { readYaml, schemaFaults } from './yaml-file.js'

const parse = (text: string) => parseConfigFile(text, 'c.yaml', commonSettings)
const messagesOf = async (text: string) => (await parse(text)).faults.map(({ message }) => message)

test('lists, numbers, switches and durations are taken', async () => {
  const { values, faults } = await parse('region: [cn-hangzhou, cn-beijing]\npageSize: 50\nallowHttp: yes\nrequestTimeout: 2m\n')
  expect(faults).toEqual([])
  expect(values).toEqual({ region: ['cn-hangzhou', 'cn-beijing'], pageSize: 50, allowHttp: 'yes', requestTimeout: '2m' })
})

test('a file of comments alone sets nothing', async () => {
  expect(await parse('# nothing yet\n')).toMatchObject({ values: {}, faults: [] })
  expect(await parse('region:\n')).toMatchObject({ values: {}, faults: [] })
})

test('a key that comes twice is at its place', async () => {
  expect(await messagesOf('wire: xml\nwire: json\n')).toEqual(['c.yaml:2:1: Map keys must be unique.'])
})

test('text that is no YAML is at its place', async () => {
  expect((await messagesOf('wire: [xml\nmethod: "get\n'))[0]).toMatch(/^c\.yaml:\d+:\d+: /)
})

test('a list where a map belongs is refused', async () => {
  expect(await messagesOf('- wire\n')).toEqual([expect.stringMatching(/^c\.yaml:1:1: .*expected object/i)])
})

test('a second document is refused', async () => {
  expect((await messagesOf('wire: xml\n---\nwire: json\n')).length).toBe(1)
})

test('aliases that would fill the memory are refused', async () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 8 }, (_, at) => {
      const [name, last] = [String.fromCodePoint(98 + at), String.fromCodePoint(97 + at)]
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${last}`).join(', ')}]`
    }),
  ].join('\n')
  expect((await messagesOf(bomb))[0]).toMatch(/^c\.yaml:1:1: .*alias/i)
})

test('keys of every object are unknown keys', async () => {
  expect(await messagesOf('__proto__: { wire: xml }\n')).toEqual([expect.stringContaining('"__proto__" is no key here')])
  expect(await messagesOf('constructor: 1\n')).toEqual([expect.stringContaining('"constructor" is no key here')])
})

test('deep faults and unions find their line', async () => {
  const schema = z.object({ reports: z.array(z.strictObject({ plans: z.union([z.literal('all'), z.array(z.string())]) })) })
  const file = await readYaml('reports:\n  - plans:\n      - a\n      - 7\n  - plan: all\n', 'r.yaml')
  const checked = schema.safeParse(file.value)
  const faults = checked.success ? [] : schemaFaults(file, checked.error, () => ['plans'])
  expect(faults.map(({ source }) => source)).toEqual(['r.yaml:4:9', 'r.yaml:5:5', 'r.yaml:5:5'])
  expect(faults.at(-1)?.remedy).toBe('Did you mean plans?')
})

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'backset-home-'))
})
afterEach(async () => {
  await rm(home, { recursive: true })
})

test('the place follows BACKSET_CONFIG and XDG', () => {
  expect(configPlace({}, '/home/me')).toEqual({ path: join('/home/me', '.config', 'backset', 'config.yaml'), named: false })
  expect(configPlace({ XDG_CONFIG_HOME: '/xdg' }, '/home/me').path).toBe(join('/xdg', 'backset', 'config.yaml'))
  expect(configPlace({ BACKSET_CONFIG: 'mine.yaml' }, '/home/me')).toEqual({ path: 'mine.yaml', named: true })
})

test('a file nobody named may be missing', async () => {
  expect(await openConfigFile(commonSettings, {}, home)).toBeUndefined()
})

test('a file at the usual place is read', async () => {
  await mkdir(join(home, '.config', 'backset'), { recursive: true })
  await writeFile(join(home, '.config', 'backset', 'config.yaml'), 'wire: xml\n')
  expect((await openConfigFile(commonSettings, {}, home))?.values).toEqual({ wire: 'xml' })
})

test('a file that was named must exist', async () => {
  await expect(openConfigFile(commonSettings, { BACKSET_CONFIG: join(home, 'no.yaml') }, home)).rejects.toMatchObject({
    code: 'invalid-setting',
    message: expect.stringContaining('it does not exist'),
  })
})
