import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backset } from './backset.js'
import { tempFolder } from './temp-folder.js'

interface Row {
  readonly setting: string
  readonly value?: string
  readonly source: string
}

const explained = async (argv: readonly string[], env: Record<string, string>): Promise<Record<string, Row>> => {
  const { exitCode, stdout, stderr } = await backset(['config', 'explain', '-o', 'json', ...argv], undefined, { env })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return Object.fromEntries((JSON.parse(stdout) as Row[]).map((row) => [row.setting, row]))
}

test('each setting names what won', async () => {
  await using folder = await tempFolder({ 'a.yaml': 'pageSize: 50\nlookahead: 3\nwire: xml\n' })
  const file = join(folder.path, 'a.yaml')
  const rows = await explained(['--page-size', '30'], { BACKSET_CONFIG: file, BACKSET_LOOKAHEAD: '5' })
  expect(rows).toMatchObject({
    configFile: { value: file, source: 'BACKSET_CONFIG', variable: 'BACKSET_CONFIG' },
    pageSize: { value: '30', source: '--page-size', flag: '--page-size' },
    lookahead: { value: '5', source: 'BACKSET_LOOKAHEAD' },
    wire: { value: 'xml', source: `${file}:3:7` },
    signature: { value: 'v3', source: 'default' },
    output: { value: 'json', source: '--output' },
  })
  expect(rows['region']).not.toHaveProperty('value')
})

test('a secret is three stars in every format', async () => {
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'CaNaRyId',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'CaNaRySecret',
    BACKSET_ENDPOINT: 'https://someone:CaNaRyPassword@dbs.example?CaNaRyQuery',
  }
  expect(await explained([], env)).toMatchObject({ accessKeySecret: { value: '***', source: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET' } })
  for (const format of ['table', 'json', 'csv', 'yaml', 'ndjson', 'tsv', 'id'])
    expect((await backset(['config', 'explain', '-o', format], undefined, { env })).stdout).not.toContain('CaNaRy')
})

test('a file that is not there is told as such', async () => {
  const { stdout } = await backset(['config', 'explain'], undefined, { homeDir: '/nowhere', terminal: 200 })
  expect(stdout).toMatch(/configFile +\/nowhere\/\.config\/backset\/config\.yaml +default, not there +BACKSET_CONFIG/)
})

test('a setting that is wrong is told with its place', async () => {
  const { exitCode, stderr } = await backset(['config', 'explain'], undefined, { env: { BACKSET_PAGE_SIZE: '31' } })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('BACKSET_PAGE_SIZE is "31"')
})
