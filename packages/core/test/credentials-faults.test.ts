import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { CredentialsError, defaultCredentials, staticCredentials } from '../src/index.js'
import { canary, cliConfig, credentialsFolder } from './credentials-folder.js'
import { turnedClock } from './turned-clock.js'

const keys = { access_key_id: 'LTAIx', access_key_secret: canary.secret, sts_token: canary.token }

interface Question {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, unknown>>
  readonly profile?: string
}

/** The error, with the home folder's name taken out of what it says. */
async function faultOf({ env = {}, files = {}, profile }: Question) {
  await using folder = await credentialsFolder(files)
  const all = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...env }
  const provider = defaultCredentials({ env: all, homeDir: folder.homeDir, clock: turnedClock(), profile })
  const error: unknown = await provider.get().catch((thrown: unknown) => thrown)
  if (!(error instanceof CredentialsError)) throw new Error('no CredentialsError came')
  expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('Canary')
  expect(error).toMatchObject({ code: 'no-credentials' })
  expect(error.cause).toBeUndefined()
  return { message: error.message.replace(folder.homeDir, '~'), hint: error.hint, retryable: error.retryable }
}

test('nothing set anywhere says what to set', async () => {
  expect(await faultOf({})).toMatchObject({
    message: 'There are no credentials: none in the environment, none in a profile, no ECS role.',
    hint: expect.stringContaining('ALIBABA_CLOUD_ACCESS_KEY_ID'),
  })
})

test.each(['ID', 'SECRET'])('half a key names what is missing: only %s', async (half) => {
  const { message } = await faultOf({ env: { [`ALIBABA_CLOUD_ACCESS_KEY_${half}`]: canary.secret } })
  const other = half === 'ID' ? 'SECRET' : 'ID'
  expect(message).toBe(`ALIBABA_CLOUD_ACCESS_KEY_${half} is set, but ALIBABA_CLOUD_ACCESS_KEY_${other} is not.`)
})

test('a profile that is not there names the nearest', async () => {
  const files = cliConfig({ name: 'production', mode: 'AK', ...keys })
  expect(await faultOf({ files, profile: 'prodution' })).toMatchObject({
    message: 'There is no profile "prodution" in ~/.aliyun/config.json or ~/.alibabacloud/credentials.',
    hint: 'Did you mean production?',
  })
})

test.each([
  ['{"profiles":[\n{"name":"a","access_key_secret":"CanarySecretDoNotShow"\n"x"', '~/.aliyun/config.json is no JSON (line 3).'],
  ['{"profiles":[{"access_key_secret":"CanarySecret"', '~/.aliyun/config.json is no JSON'],
  [{ profiles: 'CanarySecret' }, '~/.aliyun/config.json is not of the form that aliyun-cli writes (at profiles).'],
  [{ profiles: [{ name: 7 }] }, '~/.aliyun/config.json is not of the form that aliyun-cli writes (at profiles.0.name).'],
  [['CanarySecret'], '~/.aliyun/config.json is not of the form that aliyun-cli writes (at its root).'],
])('a broken profile file is told without its text: %#', async (content, message) => {
  const fault = await faultOf({ files: { '.aliyun/config.json': content } })
  expect(fault.message).toContain(message)
  expect(fault.hint).toContain('aliyun configure')
})

test.each([
  ['CloudSSO', 'External profile'],
  ['OAuth', 'write the profile file back'],
  ['RsaKeyPair', 'RamRoleArn'],
  ['RamRoleArnWithRoleName', 'ChainableRamRoleArn'],
  ['BearerToken', 'left out'],
  ['Anonymous', 'no anonymous calls'],
  ['FromTheFuture', 'CredentialsURI'],
])('the mode %s is named, with a remedy', async (mode, remedy) => {
  const fault = await faultOf({ files: cliConfig({ name: 'p', mode, ...keys }) })
  expect(fault.message).toBe(`Profile "p" in ~/.aliyun/config.json has the mode "${mode}", which backset cannot use.`)
  expect(fault.hint).toContain(remedy)
})

const role = { mode: 'RamRoleArn', ...keys, ram_role_arn: 'acs:ram::1:role/r' }

test.each<[string, Readonly<Record<string, unknown>>[], string]>([
  ['a mode without its key', [{ name: 'p', mode: 'AK', access_key_id: 'LTAIx' }], 'has no access_key_secret, which the mode AK needs.'],
  ['temporary keys without a token', [{ name: 'p', mode: 'StsToken', ...keys, sts_token: '' }], 'has no sts_token'],
  ['a role without its name', [{ name: 'p', ...role, ram_role_arn: '' }], 'has no ram_role_arn'],
  ['a role for too short a time', [{ name: 'p', ...role, expired_seconds: 60 }], 'has expired_seconds 60'],
  [
    'a source that is not there',
    [{ name: 'p', ...role, mode: 'ChainableRamRoleArn', source_profile: 'q' }],
    'takes its keys from "q", which is not there.',
  ],
  [
    'a source that leads in a circle',
    [
      { name: 'p', ...role, mode: 'ChainableRamRoleArn', source_profile: 'q' },
      { name: 'q', ...role, mode: 'ChainableRamRoleArn', source_profile: 'p' },
    ],
    'takes its keys from "p", which leads in a circle.',
  ],
  ['an STS region that is none', [{ name: 'p', ...role, sts_region: 'x.evil.example/' }], '"x.evil.example/" is no region of STS.'],
  ['an STS endpoint that is no host', [{ name: 'p', ...role, sts_endpoint: 'evil@host/path' }], 'is no host.'],
])('%s is told', async (_, profiles, message) => {
  expect((await faultOf({ files: cliConfig(...profiles) })).message).toContain(message)
})

test.each([
  { mode: 'External', process_command: 'true' },
  { mode: 'CredentialsURI', credentials_uri: 'http://127.0.0.1:1/' },
])('$mode does not run where the environment forbids it', async (profile) => {
  const env = { ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: 'true' }
  const { message } = await faultOf({ env, files: cliConfig({ name: 'p', ...profile }) })
  expect(message).toContain('which ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids.')
})

test.each([
  ['[default]\ntype = rsa_key_pair\n', 'has the type "rsa_key_pair"'],
  [`[default]\ntype = access_key\naccess_key_secret = ${canary.secret}\n`, 'has no access_key_id'],
  [`[default]\ntype = ram_role_arn\naccess_key_id = a\naccess_key_secret = ${canary.secret}\n`, 'has no role_arn'],
])('a faulty credentials file is told: %#', async (text, message) => {
  expect((await faultOf({ files: { '.alibabacloud/credentials': text } })).message).toContain(message)
})

test('a file that cannot be read is told by name', async () => {
  const { message } = await faultOf({ files: { '.aliyun/config.json/in-a-folder': '' } })
  expect(message).toBe('~/.aliyun/config.json cannot be read (EISDIR).')
})

test('keys with a line end are refused before they are sent', async () => {
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIx', ALIBABA_CLOUD_ACCESS_KEY_SECRET: `${canary.secret}\n` }
  expect((await faultOf({ env })).message).toMatch(/^The AccessKeySecret holds a blank, a line end/)
  expect(() => staticCredentials({ accessKeyId: '', accessKeySecret: 'x' })).toThrow('The AccessKeyId is empty (given keys).')
})

test('keys show to nobody who prints them', async () => {
  const given = { accessKeyId: 'LTAIx', accessKeySecret: canary.secret, securityToken: canary.token }
  const provider = staticCredentials(given)
  const got = await provider.get()
  expect(inspect([provider, got], { depth: 9, showHidden: true }) + JSON.stringify([provider, got])).not.toContain('Canary')
  expect({ ...given }).toEqual({ accessKeyId: got.accessKeyId, accessKeySecret: got.accessKeySecret, securityToken: got.securityToken })
})
