import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { backset, thrownBy, type RunOptions } from './backset.js'
import { fetchableIds } from './tasks-of.js'
import { tempFolder } from './temp-folder.js'

// What must never be seen is planted everywhere, everything is made to fail, and all that comes out is looked through.

const canary = 'CaNaRy'
const plant = (where: string): string => `${canary}-${where}/+=5f3`

type Fault = NonNullable<NonNullable<NonNullable<Parameters<typeof startEmulator>[0]>['scenario']>['rules']>[number]['fault']

const hostile = `See https://host.example/a?Signature=${plant('message')} AccessKeySecret=${plant('message')} \u001B[31m`

const faults: readonly Fault[] = [
  { kind: 'throttle', hint: 'acs', waitMs: 1 },
  { kind: 'throttle', hint: 'rate-limit', waitMs: 1, as: 'service' },
  { kind: 'throttle', code: 'Rejected.Throttling', status: 429 },
  { kind: 'unavailable' },
  { kind: 'unavailable', status: 500 },
  { kind: 'html-502' },
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'slow-body' },
  { kind: 'cut-body' },
  { kind: 'bad-json' },
  { kind: 'empty-body' },
  { kind: 'redirect', to: `http://user:${encodeURIComponent(plant('redirect'))}@127.0.0.1:9/?token=${canary}` },
  { kind: 'doctype' },
  { kind: 'soft-failure', message: hostile },
  { kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true, message: hostile },
  { kind: 'refuse', code: 'InvalidAccessKeyId.NotFound', status: 404, message: hostile },
  { kind: 'refuse', code: 'SignatureDoesNotMatch', status: 400, message: `server string to sign is:POST&%2F&SecurityToken%3D${canary}` },
  { kind: 'refuse', code: 'SomethingNew', status: 400, message: hostile },
  { kind: 'skewed-clock', ms: 3_600_000 },
  { kind: 'expired-sts' },
]

/** Everything a run leaves: both streams, and the error with all that hangs on it. */
async function leftBy(argv: readonly string[], emulator: Emulator | undefined, options: RunOptions): Promise<string> {
  const { stdout, stderr } = await backset(argv, emulator, options)
  const error = await thrownBy(argv, emulator, options)
  return [stdout, stderr, inspect(error, { depth: 9, showHidden: true }), error instanceof Error ? error.stack : ''].join('\n')
}

function expectNothingSecret(text: string, secrets: readonly string[] = []): void {
  const seen = [canary, ...secrets].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    Buffer.from(secret).toString('base64'),
  ])
  expect(seen.filter((secret) => text.includes(secret))).toEqual([])
  expect(text).not.toMatch(/Signature(?:=|%3D)(?!\*\*\*)\S/)
  // oxlint-disable-next-line no-control-regex -- none may reach a terminal
  expect(text).not.toMatch(/\u001B/)
}

const ways = ['v3', 'v1'].flatMap((signature) => ['post', 'get'].map((method) => ({ signature, method })))

test.each(ways)('no fault over $signature $method brings a secret out', async ({ signature, method }) => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  const { sts } = emulator
  const secrets = [emulator.accessKeySecret, sts.accessKeySecret, sts.securityToken]
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: sts.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: sts.accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: sts.securityToken,
  }
  const argv = ['list', '--plan', emulator.world.planIds[0] ?? '', '--debug', '--signature', signature, '--method', method]
  const brief = ['--attempt-timeout', '150ms', '--max-attempts', '2']
  for (const [at, fault] of faults.entries()) {
    emulator.play({ rules: [{ fault }] })
    const text = await leftBy([...argv, ...brief, '-o', at % 2 === 0 ? 'json' : 'table'], emulator, { env, random: () => 0 })
    expect(text, inspect(fault)).toMatch(/#\d+ DescribeBackupSetDownloadTaskList, attempt 1/)
    expectNothingSecret(text, secrets)
  }
  emulator.play(undefined)
  expectNothingSecret(await leftBy(argv, emulator, { env }), secrets)

  const wrong = { ...env, ALIBABA_CLOUD_ACCESS_KEY_SECRET: plant('secret') }
  const mismatch = await leftBy(argv, emulator, { env: wrong })
  expect(mismatch).toContain('signature-mismatch')
  expectNothingSecret(mismatch, secrets)
  expectNothingSecret(await leftBy(argv, emulator, { env: { ...env, ALIBABA_CLOUD_SECURITY_TOKEN: plant('token') } }), secrets)
  expectNothingSecret(await leftBy(argv, emulator, { env: { ...env, ALIBABA_CLOUD_SECURITY_TOKEN: `${plant('token')}\n` } }), secrets)
})

test.each(['call DescribeRegions', 'doctor', 'probe --force'])('no fault brings a secret out of backset %s', async (line) => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  await using folder = await tempFolder()
  const brief = ['--attempt-timeout', '150ms', '--max-attempts', '1', '--debug']
  for (const [at, fault] of faults.entries()) {
    emulator.play({ rules: [{ fault }] })
    const options = { random: () => 0, cwd: folder.path }
    const text = await leftBy([...line.split(' '), ...brief, '-o', at % 2 === 0 ? 'json' : 'yaml'], emulator, options)
    expectNothingSecret(text, [emulator.accessKeySecret])
  }
})

test.each(['wait TASK --timeout 200ms', 'create full --backup-set SET --wait --timeout 200ms', 'backups full --plan PLAN', 'fetch TASK'])(
  'no fault brings a secret out of backset %s',
  async (line) => {
    await using emulator = await startEmulator({ tasks: 60, plans: 1 })
    await using folder = await tempFolder()
    const plan = emulator.world.planIds[0] ?? ''
    const words = line
      .replace('PLAN', plan)
      .replace('SET', emulator.world.ids.write({ kind: 'full-set', plan: 0, index: 1 }))
      .replace('TASK', fetchableIds(emulator)[0] ?? '')
    const brief = ['--attempt-timeout', '150ms', '--max-attempts', '1', '--debug']
    for (const [at, fault] of faults.entries()) {
      emulator.play({ rules: [{ fault }] })
      const options = { random: () => 0, cwd: folder.path }
      const text = await leftBy([...words.split(' '), ...brief, '-o', at % 2 === 0 ? 'json' : 'yaml'], emulator, options)
      expectNothingSecret(text, [emulator.accessKeySecret])
    }
  },
)

test.each<Fault>([
  ...faults.filter((fault) => fault?.kind !== 'hang' && fault?.kind !== 'slow-body'), // a file's host may be silent for 30 s
  { kind: 'wrong-range', what: 'total' },
  { kind: 'wrong-checksum', which: 'md5' },
  { kind: 'short-body', bytes: 10 },
])('no fault of a file brings its link out: $kind', async (fault) => {
  await using emulator = await startEmulator({ tasks: 60, plans: 1 })
  await using folder = await tempFolder()
  emulator.play({ rules: [{ action: 'GetFile', fault }] })
  const argv = ['fetch', fetchableIds(emulator)[0] ?? '', '--force', '--debug', '-o', 'json']
  const text = await leftBy(argv, emulator, { random: () => 0, cwd: folder.path })
  expectNothingSecret(text, [emulator.accessKeySecret])
  expect(text).not.toMatch(/OSSAccessKeyId|Expires=/)
})

test('a file holds links without what opens them', async () => {
  await using emulator = await startEmulator({ tasks: 60, plans: 1 })
  await using folder = await tempFolder()
  for (const format of ['csv', 'json', 'ndjson', 'yaml', 'tsv']) {
    const file = join(folder.path, `tasks.${format}`)
    const { exitCode } = await backset(['list', '--plan', emulator.world.planIds[0] ?? '', '-o', format, '--out', file], emulator)
    const text = await readFile(file, 'utf8')
    expect({ exitCode, hasLinks: text.includes('.tar.gz?***') }).toEqual({ exitCode: 0, hasLinks: true })
    expect(text).not.toMatch(/Signature|Expires|OSSAccessKeyId/)
  }
})

test.each(['', '=curl', '=ts'])('a dry run%s shows no secret', async (form) => {
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: plant('secret'),
    ALIBABA_CLOUD_SECURITY_TOKEN: plant('token'),
  }
  for (const { signature, method } of ways) {
    const argv = ['list', '--plan', 'x', '--region', 'cn-hangzhou', `--dry-run${form}`, '--signature', signature, '--method', method]
    for (const more of [[], ['--reveal']]) {
      const text = await leftBy([...argv, ...more], undefined, { env })
      expect(text.replaceAll(/Signature(?:=|%3D)\S*/g, '')).not.toContain(canary)
      for (const secret of [plant('secret'), plant('token')]) expect(text).not.toContain(encodeURIComponent(secret))
    }
  }
})

/** A proxy on this machine that refuses every login and quotes it. */
async function startProxy() {
  const logins: string[] = []
  const server: Server = createServer().on('connect', (request, socket) => {
    const login = request.headers['proxy-authorization'] ?? ''
    logins.push(login)
    socket.end(`HTTP/1.1 407 ${login}\r\nx-echo: ${login}\r\ncontent-length: 0\r\n\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    logins,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('a proxy is given its password, and nobody else', async () => {
  await using proxy = await startProxy()
  const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: plant('secret') }
  const password = `${canary}proxy`
  const login = Buffer.from(`someone:${password}`).toString('base64')
  const argv = ['list', '--plan', 'x', '--debug', '--max-attempts', '2', '--attempt-timeout', '2s']
  const proxies = [
    `http://someone:${password}@${proxy.address}`,
    `http://someone:${password}@127.0.0.1:9`,
    `http://someone:${password}%@127.0.0.1:9`,
  ]
  for (const [at, address] of proxies.entries()) {
    for (const endpoint of ['http://dbs.example', 'https://dbs.example']) {
      const env = { ...keys, HTTP_PROXY: address, HTTPS_PROXY: address }
      const text = await leftBy([...argv, '--endpoint', endpoint, '--allow-http', '-o', at % 2 === 0 ? 'json' : 'id'], undefined, {
        env,
        random: () => 0,
      })
      expect(text).toMatch(/unreachable|no proxy address/)
      expectNothingSecret(text, [login])
    }
  }
  expect(new Set(proxy.logins)).toEqual(new Set([`Basic ${login}`]))
})

const profile = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ current: 'default', profiles: [{ name: 'default', region_id: 'cn-hangzhou', ...fields }] })

const profileFiles = {
  'a wrong key': profile({ mode: 'AK', access_key_id: 'nobody', access_key_secret: plant('profile') }),
  'a wrong token': profile({ mode: 'StsToken', access_key_id: 'STS.x', access_key_secret: plant('profile'), sts_token: plant('profile') }),
  'a cut file': profile({ mode: 'AK', access_key_id: 'nobody', access_key_secret: plant('profile') }).slice(0, -9),
  'a wrong type': profile({ mode: 'AK', access_key_id: 7, access_key_secret: plant('profile') }),
  'an unknown mode': profile({ mode: 'Magic', access_key_secret: plant('profile') }),
  'a missing half': profile({ mode: 'AK', access_key_secret: plant('profile') }),
  'a command that fails': profile({ mode: 'External', process_command: `node -e "console.log('${plant('profile')}');process.exit(3)"` }),
  'a command that says nonsense': profile({ mode: 'External', process_command: `node -e "console.log('${plant('profile')}')"` }),
  'no JSON at all': plant('profile'),
}

test.each(Object.entries(profileFiles))('a profile file with %s is not quoted', async (_, text) => {
  await using emulator = await startEmulator({ tasks: 1, plans: 1 })
  await using home = await tempFolder({ '.aliyun/config.json': text })
  const options = { homeDir: home.path, env: { BACKSET_ENDPOINT: emulator.url, PATH: process.env['PATH'] ?? '' } }
  const left = await leftBy(['list', '--plan', 'x', '--debug', '--profile', 'default', '-o', 'json'], undefined, options)
  expect(left).toMatch(/no-credentials|credentials-refused/)
  expectNothingSecret(left)
})

test('an address with a password is refused without quoting it', async () => {
  await using home = await tempFolder({ 'backset.yaml': `endpoint: http://someone:${canary}@127.0.0.1:9\nregio: ${canary}\n` })
  const address = `http://someone:${canary}@127.0.0.1:9/?token=${canary}`
  const runs = [
    leftBy(['list', '--plan', 'x', '--endpoint', address, '--debug'], undefined, {}),
    leftBy(['list', '--plan', 'x', '--debug'], undefined, { env: { BACKSET_ENDPOINT: address } }),
    leftBy(['list', '--plan', 'x', '--debug'], undefined, { env: { BACKSET_CONFIG: join(home.path, 'backset.yaml') } }),
  ]
  for (const text of await Promise.all(runs)) {
    expect(text).toMatch(/invalid-(?:input|setting)/)
    expectNothingSecret(text)
  }
})
