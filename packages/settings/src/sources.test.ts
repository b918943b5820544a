import { expect, test } from 'vitest'
import { commonSettings } from './common.js'
import { parseConfigFile } from './config-file.js'
import { explain } from './explain.js'
import { SettingsError } from './settings-error.js'
import { readSettings, type Sources } from './sources.js'

const read = (sources: Partial<Sources> = {}) => readSettings(commonSettings, { flags: {}, env: {}, ...sources })
const file = (text: string) => parseConfigFile(text, 'config.yaml', commonSettings)

function faultsOf(sources: Partial<Sources>): SettingsError {
  try {
    read(sources)
  } catch (error) {
    if (error instanceof SettingsError) return error
    throw error
  }
  throw new Error('The settings were taken.')
}

test('without any source the defaults hold', () => {
  const { values, origins, warnings } = read()
  expect(values).toMatchObject({ signature: 'v3', method: 'post', wire: 'json', pageSize: 100, lookahead: 10, verify: 'ends' })
  expect(values).toMatchObject({ requestTimeout: 60_000, attemptTimeout: 10_000, maxAttempts: 5, allowHttp: false, timezone: 'UTC' })
  expect(values).toMatchObject({ region: undefined, endpoint: undefined, profile: undefined, timeout: undefined })
  expect(origins.pageSize).toEqual({ source: 'default', name: 'default' })
  expect(warnings).toEqual([])
})

test('flag beats environment beats file beats default', async () => {
  const config = await file('# mine\npageSize: 30\nlookahead: 3\nwire: xml\n')
  const env = { BACKSET_PAGE_SIZE: '50', BACKSET_LOOKAHEAD: '4' }
  const { values, origins } = read({ flags: { 'page-size': '100' }, env, file: config })
  expect(values).toMatchObject({ pageSize: 100, lookahead: 4, wire: 'xml', method: 'post' })
  expect([origins.pageSize, origins.lookahead, origins.wire, origins.method]).toEqual([
    { source: 'flag', name: '--page-size' },
    { source: 'environment', name: 'BACKSET_LOOKAHEAD' },
    { source: 'file', name: 'config.yaml:4:7' },
    { source: 'default', name: 'default' },
  ])
})

test('an empty variable and an empty list set nothing', () => {
  const { origins } = read({ flags: { region: [], wire: undefined }, env: { ALIBABA_CLOUD_REGION_ID: '', BACKSET_WIRE: '' } })
  expect([origins.region.source, origins.wire.source]).toEqual(['default', 'default'])
})

test('every fault of every source comes at once', async () => {
  const config = await file('lookahead: 0\nregoin: cn-hangzhou\n')
  const error = faultsOf({ flags: { 'page-size': '31' }, env: { BACKSET_TZ: 'Mars', BACKSET_REQUEST_TIMEOUT: 'soon' }, file: config })
  expect(error.code).toBe('invalid-setting')
  expect(error.faults.map(({ source }) => source)).toEqual([
    'config.yaml:1:12',
    'config.yaml:2:1',
    '--page-size',
    'BACKSET_REQUEST_TIMEOUT',
    'BACKSET_TZ',
  ])
  expect(error.message).toContain('--page-size is 31, but it takes 30, 50 or 100.'.replace('31', '"31"'))
  expect(error.message).toContain('config.yaml:2:1: "regoin" is no key here.')
  expect(error.hint).toContain('Did you mean region?')
  expect(error.hint).toContain('500ms, 30s, 5m, 2h or 7d')
})

test('a wrong variable that lost is not judged', () => {
  expect(read({ flags: { 'page-size': '50' }, env: { BACKSET_PAGE_SIZE: 'many' } }).values.pageSize).toBe(50)
})

const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-secret' }

test('keys in the environment beat a profile there', () => {
  const { values, origins, warnings } = read({ env: { ...keys, ALIBABA_CLOUD_PROFILE: 'prod' } })
  expect({ profile: values.profile, source: origins.profile.source }).toEqual({ profile: undefined, source: 'default' })
  expect(warnings).toEqual(['ALIBABA_CLOUD_PROFILE has no effect: the keys in the environment come first; --profile would beat them.'])
})

test('keys in the environment beat a profile of the file', async () => {
  const { values, warnings } = read({ env: keys, file: await file('profile: prod\n') })
  expect(values.profile).toBeUndefined()
  expect(warnings[0]).toMatch(/^config\.yaml:1:10 has no effect/)
})

test('the profile flag beats keys in the environment', () => {
  const { values, warnings } = read({ flags: { profile: 'prod' }, env: keys })
  expect({ profile: values.profile, warnings }).toEqual({ profile: 'prod', warnings: [] })
})

test('half a pair of keys beats no profile', () => {
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_PROFILE: 'prod' }
  expect(read({ env }).values.profile).toBe('prod')
})

test('a misspelt variable is warned of with its nearest', () => {
  const env = { BACKSET_PAGESIZE: '50', BACKSET_CONFIG: 'x', BACKSET_OUTPUT: 'json', PATH: '/bin' }
  expect(read({ env, otherVariables: ['BACKSET_OUTPUT'] }).warnings).toEqual([
    'BACKSET_PAGESIZE is no setting and has no effect. Did you mean BACKSET_PAGE_SIZE?',
  ])
})

test('explain names the winner and hides secrets', () => {
  const env = { ...keys, BACKSET_ENDPOINT: 'http://me:canary-pw@127.0.0.1:8899', ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou,cn-beijing' }
  const rows = explain(commonSettings, read({ flags: { timeout: '90s' }, env }), env)
  expect(rows).toContainEqual({
    setting: 'timeout',
    value: '90s',
    source: '--timeout',
    variable: 'BACKSET_TIMEOUT',
    flag: '--timeout',
  })
  expect(rows.find(({ setting }) => setting === 'region')?.value).toBe('cn-hangzhou,cn-beijing')
  expect(rows.find(({ setting }) => setting === 'accessKeySecret')).toEqual({
    setting: 'accessKeySecret',
    value: '***',
    source: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    variable: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  })
  expect(rows.find(({ setting }) => setting === 'securityToken')).not.toHaveProperty('value')
  expect(JSON.stringify(rows)).not.toContain('canary')
})
