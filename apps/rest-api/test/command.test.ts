import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'

const bin = fileURLToPath(new URL('../bin/backset-api.js', import.meta.url))
const folder = () => mkdtemp(join(tmpdir(), 'backset-api-'))

/** Runs the built command to its end, with nothing in its environment but what is named. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [bin, ...argv], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => (stdout += String(text)))
  child.stderr.on('data', (text) => (stderr += String(text)))
  const [exitCode] = (await once(child, 'close')) as [number]
  return { exitCode, stdout, stderr }
}

/** Starts the built server on an emulated DBS. */
async function serve(argv: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const emulator = await startEmulator({ tasks: 25 })
  const child = spawn(process.execPath, [bin, '--port', '0', ...argv], {
    env: {
      BACKSET_ENDPOINT: emulator.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.accessKeySecret,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (text) => (stderr += String(text)))
  const closed = once(child, 'close')
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), closed.then(() => [stderr])])) as [string]
  const { url } = JSON.parse(line) as { url: string }
  return {
    url,
    emulator,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    ended: async () => ({ exitCode: (await closed)[0] as number, log: stderr.trimEnd().split('\n') }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await closed
      await emulator.close()
    },
  }
}

test('help begins with examples, and every setting is in it', async () => {
  const { exitCode, stdout } = await run(['--help'])
  expect(exitCode).toBe(0)
  expect(stdout.indexOf('Examples:')).toBeLessThan(stdout.indexOf('Flags:'))
  for (const word of ['--state-dir DIR', '--keys FILE', '--config FILE', '--request-timeout DURATION', 'backset-api keys add'])
    expect(stdout).toContain(word)
  expect((await run(['keys', '--help'])).stdout).toContain('backset-api keys revoke billing')
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('all faults are said at once, and nothing is started', async () => {
  const config = join(await folder(), 'api.yaml')
  await writeFile(config, 'maxAge: soon\nprot: 1\n')
  const { exitCode, stdout, stderr } = await run(['--port', '99999', '--config', config], { BACKSET_POLL_INTERVAL: '0' })
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  for (const fault of ['--port is "99999"', 'BACKSET_POLL_INTERVAL is "0"', 'api.yaml:1:', 'api.yaml:2:']) expect(stderr).toContain(fault)
})

test('what only shows when it is opened is said at once, too', async () => {
  const { exitCode, stdout, stderr } = await run(['--keys', join(await folder(), 'none.json')], { BACKSET_CURSOR_KEY: 'short' })
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  for (const fault of ['no region and no endpoint', 'BACKSET_CURSOR_KEY holds no key', 'There is no keys file'])
    expect(stderr).toContain(fault)
})

test('a keys file that opens to nobody is told at the start', async () => {
  const file = join(await folder(), 'keys.json')
  await run(['keys', 'add', 'me', '--scope', 'tasks:read', '--keys', file])
  await run(['keys', 'revoke', 'me', '--keys', file])
  await using server = await serve(['--keys', file])
  server.kill('SIGTERM')
  const { exitCode, log } = await server.ended()
  expect(exitCode).toBe(0)
  expect(log.join('\n')).toContain('no key of the keys file opens')
})

test('a port that is taken is said without a stack', async () => {
  await using emulator = await startEmulator()
  const { port } = new URL(emulator.url)
  const { exitCode, stderr } = await run(['--endpoint', emulator.url, '--port', port])
  expect(exitCode).toBe(2)
  expect(stderr).toContain(`Cannot listen on 127.0.0.1, port ${port}: another program listens there.`)
  expect(stderr).not.toMatch(/\n\s+at /)
})

test('keys are made, listed and revoked', async () => {
  const file = join(await folder(), 'keys.json')
  const added = await run(['keys', 'add', 'me', '--scope', 'tasks:read,links:read', '--plan', 'dbs1', '--expires', '90d', '--keys', file])
  const { name, id, key } = JSON.parse(added.stdout) as { name: string; id: string; key: string }
  expect({ name, key }).toEqual({ name: 'me', key: expect.stringMatching(/^bsk_/) })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).not.toContain(key)
  const listed = await run(['keys', 'list'], { BACKSET_KEYS: file })
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { name: 'me', id, scopes: ['tasks:read', 'links:read'], plans: ['dbs1'], state: 'live' },
  ])
  expect((await run(['keys', 'revoke', id, '--keys', file])).exitCode).toBe(0)
  expect((await run(['keys', 'list', '-o', 'text', '--keys', file])).stdout).toMatch(/^NAME .*\nme +\w+ +revoked /)
})

test('the server says where it listens, and stops when it is told', async () => {
  await using server = await serve(['--state-dir', await folder()])
  expect((await fetch(new URL('/readyz', server.url))).status).toBe(200)
  expect(await (await fetch(new URL('/metrics', server.url))).text()).toContain('nodejs_eventloop_lag_seconds')
  server.kill('SIGTERM')
  const { exitCode, log } = await server.ended()
  expect(exitCode).toBe(0)
  expect(log.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['listening', 'answered', 'answered', 'stopping', 'stopped'])
})

test('a second signal answers at once what hangs, and ends', async () => {
  await using server = await serve()
  server.emulator.play({ rules: [{ fault: { kind: 'hang' } }] })
  const hanging = fetch(new URL('/v1/download-tasks/urx1', server.url))
  while (server.emulator.requestCount === 0) await new Promise((resolve) => setImmediate(resolve))
  server.kill('SIGINT')
  server.kill('SIGTERM')
  expect(await (await hanging).json()).toMatchObject({ status: 503, code: 'stopping' })
  expect((await server.ended()).exitCode).toBe(0)
})
