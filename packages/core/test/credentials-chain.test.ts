import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultCredentials, keysAtHand } from '../src/index.js'
import { canary, cliConfig, credentialsFolder } from './credentials-folder.js'
import { turnedClock } from './turned-clock.js'

const noServer = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }
const envKeys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIenv', ALIBABA_CLOUD_ACCESS_KEY_SECRET: canary.secret }
const akProfile = (name: string, id: string) => ({ name, mode: 'AK', access_key_id: id, access_key_secret: canary.secret })
const ini = (id: string, section = 'default') =>
  `# by hand\n[${section}]\ntype = access_key\naccess_key_id = ${id}\naccess_key_secret = "${canary.secret}" ; quoted\n`

interface Question {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, unknown>>
  readonly profile?: string
}

async function keysFound({ env = {}, files = {}, profile }: Question) {
  await using folder = await credentialsFolder(files)
  const provider = defaultCredentials({ env: { ...noServer, ...env }, homeDir: folder.homeDir, clock: turnedClock(), profile })
  const { accessKeyId, accessKeySecret, securityToken } = await provider.get()
  return { source: provider.source, accessKeyId, accessKeySecret, securityToken }
}

const bothFiles = {
  ...cliConfig(akProfile('work', 'LTAIcli'), akProfile('other', 'LTAIother')),
  '.alibabacloud/credentials': ini('LTAIini'),
}

test.each<[string, Question, string, string]>([
  ['keys in the environment come first', { env: envKeys, files: bothFiles }, 'LTAIenv', 'environment'],
  ['a profile asked for beats the environment', { env: envKeys, files: bothFiles, profile: 'other' }, 'LTAIother', 'profile other (AK)'],
  [
    'a profile variable does not beat the environment',
    { env: { ...envKeys, ALIBABA_CLOUD_PROFILE: 'other' }, files: bothFiles },
    'LTAIenv',
    'environment',
  ],
  ['the CLI profile comes before the credentials file', { files: bothFiles }, 'LTAIcli', 'profile work (AK)'],
  [
    'a profile variable chooses the profile',
    { env: { ALIBABA_CLOUD_PROFILE: 'other' }, files: bothFiles },
    'LTAIother',
    'profile other (AK)',
  ],
  [
    'the CLI profile can be turned off',
    { env: { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'true' }, files: bothFiles },
    'LTAIini',
    'section default of the credentials file (access_key)',
  ],
  [
    'a name that only the credentials file has is found',
    { files: { ...bothFiles, '.alibabacloud/credentials': ini('LTAIlate', 'late') }, profile: 'late' },
    'LTAIlate',
    'section late of the credentials file (access_key)',
  ],
  [
    'a blank profile of a first start is passed over',
    { files: { ...bothFiles, ...cliConfig({ name: 'default', mode: 'AK', access_key_id: '', access_key_secret: '' }) } },
    'LTAIini',
    'section default of the credentials file (access_key)',
  ],
  ['an empty variable counts as not set', { env: { ALIBABA_CLOUD_ACCESS_KEY_ID: '' }, files: bothFiles }, 'LTAIcli', 'profile work (AK)'],
  [
    'a byte order mark is passed over',
    { files: { '.aliyun/config.json': `\uFEFF${JSON.stringify(bothFiles['.aliyun/config.json' as keyof typeof bothFiles])}` } },
    'LTAIcli',
    'profile work (AK)',
  ],
])('%s', async (_, question, accessKeyId, source) => {
  expect(await keysFound(question)).toEqual({ source, accessKeyId, accessKeySecret: canary.secret, securityToken: undefined })
})

test('the credentials file may stand elsewhere', async () => {
  await using folder = await credentialsFolder({ 'else.ini': ini('LTAIelse') })
  const env = { ...noServer, ALIBABA_CLOUD_CREDENTIALS_FILE: join(folder.homeDir, 'else.ini') }
  const keys = await defaultCredentials({ env, homeDir: folder.homeDir, clock: turnedClock() }).get()
  expect(keys.accessKeyId).toBe('LTAIelse')
})

test('a token makes temporary keys, wherever it stands', async () => {
  const env = { ...envKeys, ALIBABA_CLOUD_SECURITY_TOKEN: canary.token }
  expect(await keysFound({ env })).toMatchObject({ source: 'environment (STS)', securityToken: canary.token })
  const files = cliConfig({ ...akProfile('temp', 'STS.x'), mode: 'StsToken', sts_token: canary.token })
  expect(await keysFound({ files })).toMatchObject({ source: 'profile temp (StsToken)', securityToken: canary.token })
})

test('nothing is read before keys are asked for', () => {
  const provider = defaultCredentials({ env: envKeys, homeDir: '/nowhere', clock: turnedClock(), profile: 'work' })
  expect(provider.source).toBe('profile work')
})

test('a dry run takes keys at hand and asks nobody', async () => {
  await using folder = await credentialsFolder(cliConfig({ name: 'asks', mode: 'External', process_command: 'false' }))
  const where = { homeDir: folder.homeDir, clock: turnedClock() }
  expect(await keysAtHand({ ...where, env: envKeys })).toMatchObject({ accessKeyId: 'LTAIenv' })
  expect(await keysAtHand({ ...where, env: noServer })).toBeUndefined()
  expect(await keysAtHand({ ...where, env: noServer, profile: 'none' })).toBeUndefined()
})
