import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, type RunOptions } from './backset.js'
import { tempFolder } from './temp-folder.js'

interface Checked {
  readonly check: string
  readonly result: string
  readonly detail: string
  readonly hint?: string
  readonly ms: number
}

const start = (options: Parameters<typeof startEmulator>[0] = {}) => startEmulator({ tasks: 65, plans: 1, ...options })
const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'CaNaRySecret' }

async function doctor(argv: readonly string[], emulator?: Emulator, options: RunOptions = {}) {
  const { exitCode, stdout, stderr } = await backset(['doctor', '-o', 'json', ...argv], emulator, options)
  expect(stdout + stderr).not.toContain('CaNaRy')
  const all = JSON.parse(stdout) as Checked[]
  const results = Object.fromEntries(all.map(({ check, result }) => [check, result]))
  const of = (name: string): Checked | undefined => all.find(({ check }) => check === name)
  return { exitCode, results, of, all }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const rest = (from: string, result = 'skipped'): Record<string, string> => {
  const names = ['settings', 'credentials', 'region-host', 'proxy', 'dns', 'tls', 'clock', 'permission', 'page-base']
  return Object.fromEntries(names.slice(names.indexOf(from) + 1).map((name) => [name, result]))
}

describe('when all is well', () => {
  test('every check says so, and what it saw', async () => {
    await using emulator = await start()
    const { exitCode, results, of, all } = await doctor([], emulator)
    expect({ exitCode, results }).toEqual({ exitCode: 0, results: { settings: 'ok', ...rest('settings', 'ok'), tls: 'skipped' } })
    expect(of('credentials')?.detail).toContain('environment')
    expect(of('page-base')?.detail).toContain('pages count from 0: page 1 goes on')
    for (const { ms } of all) expect(ms).toBeGreaterThanOrEqual(0)
  })

  test('little is asked, and only with Describe', async () => {
    await using emulator = await start()
    await doctor([], emulator)
    expect(emulator.requests.map(({ action }) => action)).toEqual([
      '', // of the clock: an unsigned request without an action
      'DescribeBackupPlanList',
      'DescribeBackupSetDownloadTaskList',
      'DescribeBackupSetDownloadTaskList',
    ])
  })

  test('a plan that is named is asked about, not the list of plans', async () => {
    await using emulator = await start()
    emulator.play({ rules: [{ action: 'DescribeBackupPlanList', fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] })
    expect((await doctor(['--plan', emulator.world.planIds[0] ?? ''], emulator)).exitCode).toBe(0)
  })

  test('a table shows each check in a line', async () => {
    await using emulator = await start()
    const { stdout } = await backset(['doctor', '-o', 'table'], emulator)
    expect(stdout.trimEnd().split('\n')).toHaveLength(10)
    expect(stdout).toMatch(/^CHECK +RESULT +DETAIL +NEXT STEP +MS\n/)
  })

  test('it goes through a proxy to the host', async () => {
    await using emulator = await start()
    const sockets = new Set<Socket>()
    const proxy = createHttpServer().on('connect', (_, socket: Socket) => {
      const to = connect(Number(new URL(emulator.url).port), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
      for (const one of [to, socket]) sockets.add(one.on('error', () => undefined))
      to.pipe(socket).pipe(to)
    })
    const HTTP_PROXY = `http://someone:CaNaRy@127.0.0.1:${await listening(proxy)}`
    const argv = ['--endpoint', 'http://dbs.example', '--allow-http']
    const { exitCode, results, of } = await doctor(argv, emulator, { env: { HTTP_PROXY } })
    expect({ exitCode, results }).toMatchObject({ exitCode: 0, results: { proxy: 'ok', dns: 'skipped', tls: 'warning', permission: 'ok' } })
    expect(of('proxy')?.detail).toMatch(/^HTTP_PROXY leads through 127\.0\.0\.1:\d+, which/)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => proxy.close(resolve))
  })
})

describe('a check fails', () => {
  test('of settings, and nothing else is looked at', async () => {
    await using emulator = await start()
    const { exitCode, results, of } = await doctor([], emulator, { env: { BACKSET_PAGE_SIZE: '31' } })
    expect({ exitCode, results }).toEqual({ exitCode: 2, results: { settings: 'failed', ...rest('settings') } })
    expect(of('settings')).toMatchObject({
      detail: expect.stringContaining('BACKSET_PAGE_SIZE is "31"') as string,
      code: 'invalid-setting',
    })
    expect(of('dns')?.detail).toBe('It needs the check region-host, which did not go well.')
    expect(emulator.requestCount).toBe(0)
  })

  test('of a settings file, with its place', async () => {
    await using folder = await tempFolder({ 'a.yaml': 'pageSize: 31\n' })
    const { exitCode, of } = await doctor([], undefined, { env: { BACKSET_CONFIG: join(folder.path, 'a.yaml') } })
    expect(exitCode).toBe(2)
    expect(of('settings')?.detail).toContain('a.yaml:1:11')
  })

  test('of credentials, and the host is looked at all the same', async () => {
    await using emulator = await start()
    const { exitCode, results, of } = await doctor([], emulator, {
      env: { ALIBABA_CLOUD_ACCESS_KEY_ID: '', ALIBABA_CLOUD_ACCESS_KEY_SECRET: '' },
    })
    expect(exitCode).toBe(3)
    expect(results).toMatchObject({
      credentials: 'failed',
      'region-host': 'ok',
      clock: 'ok',
      permission: 'skipped',
      'page-base': 'skipped',
    })
    expect(of('credentials')?.hint).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID')
  })

  test('of the region host, with the nearest name', async () => {
    const { exitCode, results, of } = await doctor(['--region', 'cn-hangzhuo'], undefined, { env: keys })
    expect({ exitCode, results }).toMatchObject({ exitCode: 2, results: { 'region-host': 'failed', ...rest('region-host') } })
    expect(of('region-host')?.hint).toContain('cn-hangzhou')
    expect((await doctor(['--region', 'cn-hangzhou,cn-beijing'], undefined, { env: keys })).of('region-host')?.result).toBe('failed')
  })

  test('of a proxy that nobody serves', async () => {
    const env = { ...keys, HTTP_PROXY: 'http://someone:CaNaRy@127.0.0.1:9' }
    const { exitCode, results, of } = await doctor(['--endpoint', 'http://dbs.example', '--allow-http'], undefined, { env })
    expect({ exitCode, results }).toMatchObject({ exitCode: 8, results: { proxy: 'failed', ...rest('proxy') } })
    expect(of('proxy')).toMatchObject({
      detail: 'dbs.example could not be reached through the proxy 127.0.0.1:9: ECONNREFUSED.',
      hint: expect.stringContaining('HTTP_PROXY') as string,
    })
  })

  test('of DNS, when nobody knows the name', async () => {
    const { exitCode, results, of } = await doctor(['--endpoint', 'https://nobody.invalid'], undefined, { env: keys })
    expect({ exitCode, results }).toMatchObject({ exitCode: 8, results: { dns: 'failed', ...rest('dns') } })
    expect(of('dns')?.detail).toMatch(/^nobody\.invalid could not be reached: E\w+\.$/)
  })

  test('of TLS, when a certificate is signed by itself', async () => {
    const pem = await readFile(new URL('../../../packages/core/test/fixtures/self-signed.pem', import.meta.url))
    const server = createTlsServer({ cert: pem, key: pem })
    const argv = ['--endpoint', `https://127.0.0.1:${await listening(server)}`]
    const { exitCode, results, of } = await doctor(argv, undefined, { env: { ...keys, NODE_TLS_REJECT_UNAUTHORIZED: '0' } })
    await new Promise((resolve) => server.close(resolve))
    expect({ exitCode, results }).toMatchObject({ exitCode: 8, results: { tls: 'failed', ...rest('tls') } })
    expect(of('tls')?.hint).toContain('NODE_EXTRA_CA_CERTS')
  })

  test.each([
    { skew: '2h', clockSkewMs: 7_200_000, result: 'failed', exit: 1, says: '2.0 hours behind the host’s' },
    { skew: '-20m', clockSkewMs: -1_200_000, result: 'failed', exit: 1, says: '20 minutes ahead of the host’s' },
    { skew: '5m', clockSkewMs: 300_000, result: 'warning', exit: 0, says: '5 minutes behind the host’s' },
  ])('of the clock, when it is off by $skew: $result', async ({ clockSkewMs, result, exit, says }) => {
    await using emulator = await start({ clockSkewMs })
    const { exitCode, results, of } = await doctor([], emulator)
    expect({ exitCode, results }).toMatchObject({ exitCode: exit, results: { clock: result, permission: 'ok' } })
    expect(of('clock')?.detail).toContain(says.replace('’', "'"))
    expect(of('clock')?.hint).toContain('NTP')
  })

  test('of the clock, when nobody answers', async () => {
    const { exitCode, results } = await doctor(['--endpoint', 'http://127.0.0.1:9'], undefined, { env: keys })
    expect({ exitCode, results }).toMatchObject({ exitCode: 8, results: { clock: 'failed', permission: 'skipped' } })
  })

  test('of the permission, with the action to grant', async () => {
    await using emulator = await start()
    emulator.play({ rules: [{ action: 'DescribeBackupPlanList', fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] })
    const { exitCode, results, of } = await doctor([], emulator)
    expect({ exitCode, results }).toMatchObject({ exitCode: 3, results: { permission: 'failed', 'page-base': 'skipped' } })
    expect(of('permission')?.hint).toContain('dbs:DescribeBackupPlanList')
  })

  test('of the page base, when the echo is of another page', async () => {
    await using emulator = await start()
    emulator.play({ rules: [{ shape: { kind: 'wrong-page-echo', by: 7 } }] })
    const { exitCode, of } = await doctor([], emulator)
    expect(exitCode).toBe(1)
    expect(of('page-base')).toMatchObject({ result: 'failed', detail: 'DBS was asked for page 0 and says that it answers with page 7.' })
  })
})

test.each(['as-one', 'refused'] as const)('pages that count from 1 (%s) are a warning', async (zero) => {
  await using emulator = await start()
  emulator.play({ rules: [{ action: 'DescribeBackupSetDownloadTaskList', shape: { kind: 'pages-from-one', zero } }] })
  const { exitCode, of } = await doctor([], emulator)
  expect(exitCode).toBe(0)
  expect(of('page-base')).toMatchObject({ result: 'warning', detail: expect.stringContaining('pages count from 1') as string })
})

test('without a plan the page base is skipped', async () => {
  await using emulator = await start({ plans: 0 })
  expect((await doctor([], emulator)).of('page-base')).toMatchObject({ result: 'skipped', hint: 'Give one with --plan.' })
})

test('the worst failure is the exit code', async () => {
  await using emulator = await start({ clockSkewMs: 7_200_000 })
  emulator.play({ rules: [{ fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] })
  expect((await doctor([], emulator)).exitCode).toBe(3)
})

test('a host that never answers is not waited for longer than --timeout', async () => {
  await using emulator = await start()
  emulator.play({ rules: [{ fault: { kind: 'hang' } }] })
  const { exitCode, results } = await doctor(['--timeout', '300ms'], emulator)
  expect({ exitCode, results }).toMatchObject({ exitCode: 6, results: { clock: 'failed', permission: 'skipped' } })
})

test('a check takes no longer than one attempt may', async () => {
  await using emulator = await start()
  emulator.play({ rules: [{ fault: { kind: 'hang' } }] })
  const { exitCode, of } = await doctor(['--attempt-timeout', '100ms'], emulator)
  expect(exitCode).toBe(8)
  expect(of('clock')).toMatchObject({ result: 'failed', detail: 'There was no answer within 0.1 s.' })
})

test('an interruption ends with 130', async () => {
  await using emulator = await start()
  const { exitCode, stdout } = await backset(['doctor'], emulator, { signal: AbortSignal.abort() })
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' })
})
