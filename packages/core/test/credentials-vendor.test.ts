import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { wordOf } from '../src/credentials/vendor-word.js'
import { providerOf, type VendorProvider } from '../src/credentials/vendor.js'
import { CredentialsError, DbsClient, defaultCredentials } from '../src/index.js'
import { canary, cliConfig, credentialsFolder } from './credentials-folder.js'
import { turnedClock } from './turned-clock.js'

const noServer = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }

/** A server of keys on loopback; it answers what it is told. */
async function keyServer(status: number, body: unknown) {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const answer = {
  AccessKeyId: 'STS.uri',
  AccessKeySecret: canary.secret,
  SecurityToken: canary.token,
  Expiration: '2099-01-01T00:00:00Z',
}

async function errorOf(work: Promise<unknown>): Promise<CredentialsError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (!(error instanceof CredentialsError)) throw new Error('no CredentialsError came')
  expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('Canary')
  return error
}

test('a credentials URI gives keys that expire', async () => {
  await using server = await keyServer(200, answer)
  const clock = turnedClock()
  const provider = defaultCredentials({ env: { ALIBABA_CLOUD_CREDENTIALS_URI: server.url }, homeDir: '/nowhere', clock })
  const { accessKeyId, accessKeySecret, securityToken } = await provider.get()
  expect({ accessKeyId, accessKeySecret, securityToken }).toEqual({
    accessKeyId: 'STS.uri',
    accessKeySecret: canary.secret,
    securityToken: canary.token,
  })
  expect(provider.source).toBe('credentials URI')
  await clock.turn(3_600_000)
  await provider.get()
  expect(server.asked()).toBe(1) // the vendor's provider remembers until they expire
  provider.invalidate?.(await provider.get())
  await provider.get()
  expect(server.asked()).toBe(2)
})

test('a profile may name a credentials URI', async () => {
  await using server = await keyServer(200, answer)
  await using folder = await credentialsFolder(cliConfig({ name: 'p', mode: 'CredentialsURI', credentials_uri: server.url }))
  const provider = defaultCredentials({ env: noServer, homeDir: folder.homeDir, clock: turnedClock() })
  expect(await provider.get()).toMatchObject({ accessKeyId: 'STS.uri' })
})

test.each<[number, unknown, string, boolean]>([
  [403, { Code: 'NoPermission', Message: canary.secret }, 'The credentials URI did not give keys: NoPermission (credentials URI).', false],
  [404, canary.secret, 'The credentials URI did not give keys: HTTP 404 (credentials URI).', false],
  [500, canary.secret, 'The credentials URI did not give keys: HTTP 500 (credentials URI).', true],
  [503, { Code: 'Throttling.User' }, 'The credentials URI did not give keys: Throttling.User (credentials URI).', true],
  [200, { ...answer, SecurityToken: '' }, 'The credentials URI did not give keys (credentials URI).', false],
  [200, { ...answer, Expiration: 'soon' }, 'The credentials URI did not give keys (credentials URI).', false],
  [
    200,
    { ...answer, AccessKeyId: 'x\ny' },
    'The AccessKeyId holds a blank, a line end or another character that no key has (credentials URI).',
    false,
  ],
])('an answer without keys is told in our words: %i %#', async (status, body, message, retryable) => {
  await using server = await keyServer(status, body)
  const env = { ALIBABA_CLOUD_CREDENTIALS_URI: server.url }
  const error = await errorOf(defaultCredentials({ env, homeDir: '/nowhere', clock: turnedClock() }).get())
  expect(error).toMatchObject({ message, retryable })
})

test('a URI where nobody listens is told', async () => {
  const env = { ALIBABA_CLOUD_CREDENTIALS_URI: 'http://127.0.0.1:1/?token=CanaryToken' }
  const error = await errorOf(defaultCredentials({ env, homeDir: '/nowhere', clock: turnedClock() }).get())
  expect(error).toMatchObject({ message: 'The credentials URI did not give keys: ECONNREFUSED (credentials URI).', retryable: true })
})

const printing = (output: unknown): string => `"${process.execPath}" -e 'console.log(${JSON.stringify(JSON.stringify(output))})'`
const externalKeys = { mode: 'StsToken', access_key_id: 'STS.ext', access_key_secret: canary.secret, sts_token: canary.token }

test('a command of a profile gives keys, and the file stays', async () => {
  await using folder = await credentialsFolder(cliConfig({ name: 'p', mode: 'External', process_command: printing(externalKeys) }))
  const path = join(folder.homeDir, '.aliyun', 'config.json')
  const before = await readFile(path, 'utf8')
  const provider = defaultCredentials({ env: noServer, homeDir: folder.homeDir, clock: turnedClock() })
  expect(await provider.get()).toMatchObject({ accessKeyId: 'STS.ext', securityToken: canary.token })
  expect(provider.source).toBe('profile p (External)')
  expect(await readFile(path, 'utf8')).toBe(before)
})

test.each([
  [printing({ ...externalKeys, sts_token: '' }), 'The command of the profile did not give keys (profile p (External)).'],
  [`"${process.execPath}" -e 'throw Error("CanarySecret")'`, 'The command of the profile did not give keys (profile p (External)).'],
  ['/nowhere/at-all CanarySecret', 'The command of the profile did not give keys: ENOENT (profile p (External)).'],
])('a command that fails is told without its words: %#', async (command, message) => {
  await using folder = await credentialsFolder(cliConfig({ name: 'p', mode: 'External', process_command: command }))
  const error = await errorOf(defaultCredentials({ env: noServer, homeDir: folder.homeDir, clock: turnedClock() }).get())
  expect(error.message).toBe(message)
})

test('a command that fails is run once a call', async () => {
  await using trace = await credentialsFolder()
  const runs = join(trace.homeDir, 'runs')
  const process_command = `"${process.execPath}" -e 'fs.appendFileSync(${JSON.stringify(runs)}, "x"); process.exit(1)'`
  await using folder = await credentialsFolder(cliConfig({ name: 'p', mode: 'External', process_command }))
  await using client = new DbsClient({ endpoint: 'http://127.0.0.1:1', env: noServer, homeDir: folder.homeDir })
  await expect(client.getDownloadTask('urx1')).rejects.toMatchObject({ code: 'no-credentials', retryable: false, attempts: 0 })
  expect(await readFile(runs, 'utf8')).toBe('x')
})

test('a failed chain finds what is set later', async () => {
  const env: Record<string, string> = { ...noServer }
  const provider = defaultCredentials({ env, homeDir: '/nowhere', clock: turnedClock() })
  await errorOf(provider.get())
  Object.assign(env, { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIlate', ALIBABA_CLOUD_ACCESS_KEY_SECRET: canary.secret })
  expect(await provider.get()).toMatchObject({ accessKeyId: 'LTAIlate' })
})

interface StsRequest {
  readonly host: string
  readonly queries: Readonly<Record<string, string>>
  readonly bodyForm: Readonly<Record<string, string>>
}

/** Answers in place of STS: the package has this seam for its own tests, and asks over https only. */
function answeredBySts(provider: VendorProvider): readonly StsRequest[] {
  const requests: StsRequest[] = []
  const body = JSON.stringify({ Credentials: { ...answer, AccessKeyId: 'STS.role' } })
  Object.assign(provider, {
    doRequest: async (request: StsRequest) => {
      requests.push(request)
      return { statusCode: 200, headers: {}, body }
    },
  })
  return requests
}

const from = { kind: 'static', label: 'keys', keys: { accessKeyId: 'LTAIbase', accessKeySecret: canary.secret } } as const

test('a role is asked for as the profile says', async () => {
  const options = {
    roleArn: 'acs:ram::1:role/r',
    roleSessionName: 'night',
    roleSessionExpiration: 900,
    externalId: 'ext',
    policy: '{}',
    stsRegionId: 'cn-beijing',
    enableVpc: true,
  }
  const provider = await providerOf({ kind: 'role', label: 'role', from, options }, {})
  const requests = answeredBySts(provider)
  expect(await provider.getCredentials()).toMatchObject({ accessKeyId: 'STS.role', securityToken: canary.token })
  expect(requests).toMatchObject([
    {
      host: 'sts-vpc.cn-beijing.aliyuncs.com',
      queries: { Action: 'AssumeRole', AccessKeyId: 'LTAIbase' },
      bodyForm: { RoleArn: 'acs:ram::1:role/r', RoleSessionName: 'night', DurationSeconds: '900', ExternalId: 'ext', Policy: '{}' },
    },
  ])
})

test('an OIDC token opens a role', async () => {
  await using folder = await credentialsFolder({ token: 'oidc-token' })
  const options = {
    roleArn: 'acs:ram::1:role/r',
    oidcProviderArn: 'acs:ram::1:oidc-provider/o',
    oidcTokenFilePath: join(folder.homeDir, 'token'),
  }
  const provider = await providerOf({ kind: 'oidc', label: 'oidc', options }, { ALIBABA_CLOUD_STS_REGION: 'cn-hangzhou' })
  const requests = answeredBySts(provider)
  expect(await provider.getCredentials()).toMatchObject({ accessKeyId: 'STS.role' })
  expect(requests).toMatchObject([
    {
      host: 'sts.cn-hangzhou.aliyuncs.com',
      queries: { Action: 'AssumeRoleWithOIDC' },
      bodyForm: {
        OIDCToken: 'oidc-token',
        OIDCProviderArn: 'acs:ram::1:oidc-provider/o',
        RoleSessionName: 'backset',
        DurationSeconds: '3600',
      },
    },
  ])
})

test('OIDC variables without their token file say so', async () => {
  const env = {
    ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1:role/r',
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'acs:ram::1:oidc-provider/o',
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/nowhere/token',
  }
  const error = await errorOf(defaultCredentials({ env, homeDir: '/nowhere', clock: turnedClock() }).get())
  expect(error.message).toBe('STS did not give keys for the OIDC role: ENOENT (environment (OIDC role)).')
})

test.each<[Error, string | undefined]>([
  [new Error('refresh session token failed: {"Code":"EntityNotExist.Role","Message":"CanarySecret"}'), 'EntityNotExist.Role'],
  [new Error('connect ECONNREFUSED 10.0.0.1:443'), 'ECONNREFUSED'],
  [Object.assign(new Error('ReadTimeout(10000). GET http://x/?token=y failed.'), { name: 'RequestTimeoutError' }), 'no answer in time'],
  [new Error('parse failed: {"Code":"LTAI5tCanary1"}'), undefined],
  [new Error('EVERYTHING CanarySecret'), undefined],
])('of a failure one word is passed on: %#', (error, word) => {
  expect(wordOf(error)).toBe(word)
})
