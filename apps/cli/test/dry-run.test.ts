import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { startEmulator, type Emulator } from '@backset/emulator'
import { transform } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { backset, environmentOf } from './backset.js'
import { cleanEnvironment, runShell } from './process.js'

const ways = ['v3', 'v1'].flatMap((signature) => ['post', 'get'].map((method) => ({ signature, method })))
const flagsOf = ({ signature, method }: (typeof ways)[number]) => ['--signature', signature, '--method', method]
const planOf = ({ world }: Emulator): string => world.planIds[0] ?? ''

/** The same moment's nonce and date stand in every form; they are of no matter here. */
const steady = (output: string, url: string): string =>
  output
    .replaceAll(url, 'http://HOST')
    .replaceAll(new URL(url).host, 'HOST')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'NONCE')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d(?::|%3A|%253A)\d\d(?::|%3A|%253A)\d\dZ/g, 'DATE')
    .replaceAll(/(ACS3-HMAC-SHA256\n\s*)[0-9a-f]{64}/g, '$1HASH')

describe('a dry run', () => {
  test.each(ways)('prints the request over $signature $method and sends nothing', async (way) => {
    await using emulator = await startEmulator({ tasks: 3, plans: 1 })
    const sent = await backset(['list', '--plan', 'dbs1', '--dry-run', ...flagsOf(way)], emulator)
    expect({ exitCode: sent.exitCode, stderr: sent.stderr, requests: emulator.requestCount }).toEqual({
      exitCode: 0,
      stderr: '',
      requests: 0,
    })
    expect(steady(sent.stdout, emulator.url)).toMatchSnapshot()
  })

  test('works without keys', async () => {
    const { exitCode, stdout } = await backset(['plans', '--region', 'cn-hangzhou', '--dry-run'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Credential=YOUR_ACCESS_KEY_ID')
  })

  test('writes no file', async () => {
    await using emulator = await startEmulator()
    const { exitCode, stdout, stderr } = await backset(['plans', '--dry-run', '--out', 'dry.txt'], emulator)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('--dry-run prints, and writes no file')
  })

  test('is a document for programs', async () => {
    await using emulator = await startEmulator({ tasks: 3, plans: 1 })
    const { stdout } = await backset(['get', 'urx1', '--dry-run', '-o', 'json', '--signature', 'v1'], emulator)
    expect(JSON.parse(stdout)).toMatchObject({ method: 'POST', signature: '***', body: expect.stringContaining('Signature=***') as string })
  })

  test.each([
    { argv: ['list', '--all-plans'], action: 'DescribeBackupPlanList' },
    { argv: ['list', '--task', 'urx1', '--page-num', '7'], action: 'PageNum=7' },
    { argv: ['get', 'urx1'], action: 'BackupSetDownloadTaskId=urx1' },
    { argv: ['plans'], action: 'DescribeBackupPlanList' },
    { argv: ['regions'], action: 'DescribeRegions' },
  ])('of $argv shows $action', async ({ argv, action }) => {
    expect((await backset([...argv, '--region', 'cn-hangzhou', '--dry-run'])).stdout).toContain(action)
  })
})

describe('as a curl line', () => {
  test.each(ways)('it lists over $signature $method when its signature is revealed', async (way) => {
    await using emulator = await startEmulator({ tasks: 3, plans: 1 })
    const { stdout } = await backset(['list', '--plan', planOf(emulator), '--dry-run=curl', '--reveal', ...flagsOf(way)], emulator)
    expect(emulator.requestCount).toBe(0)
    const { exit, stdout: answer } = await runShell(`sh -c "$line --silent --show-error"`, undefined, { line: stdout.trimEnd() })
    expect({ exit, answer: JSON.parse(answer) as unknown }).toMatchObject({ exit: 0, answer: { Success: true, TotalElements: 3 } })
  })

  test('it works with an STS token', async () => {
    await using emulator = await startEmulator({ tasks: 3, plans: 1 })
    const { accessKeyId, accessKeySecret, securityToken } = emulator.sts
    const env = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
    }
    for (const way of ways) {
      const { stdout } = await backset(['list', '--plan', planOf(emulator), '--dry-run=curl', '--reveal', ...flagsOf(way)], emulator, {
        env,
      })
      expect(stdout).not.toContain(encodeURIComponent(securityToken))
      expect(stdout).not.toContain(securityToken)
      const whole = stdout
        .trimEnd()
        .replace(
          /(x-acs-security-token: |SecurityToken=)\*\*\*/,
          (_, name: string) => name + (name.endsWith('=') ? encodeURIComponent(securityToken) : securityToken),
        )
      const { stdout: answer } = await runShell(`sh -c "$line --silent"`, undefined, { line: whole })
      expect(JSON.parse(answer)).toMatchObject({ TotalElements: 3 })
    }
  })

  test('without --reveal it is refused', async () => {
    await using emulator = await startEmulator({ tasks: 3, plans: 1 })
    const { stdout } = await backset(['list', '--plan', planOf(emulator), '--dry-run=curl'], emulator)
    const { stdout: answer } = await runShell(`sh -c "$line --silent"`, undefined, { line: stdout.trimEnd() })
    expect(JSON.parse(answer)).toMatchObject({ Code: expect.stringMatching(/Signature/) as string })
  })

  test('names with quotes reach DBS as they are', async () => {
    await using emulator = await startEmulator({ tasks: 3, plans: 1 })
    const plan = `it's "$(date)" 数据 [1]{2}`
    const { stdout } = await backset(['list', `--plan=${plan}`, '--dry-run=curl', '--reveal', '--signature', 'v1'], emulator)
    await runShell(`sh -c "$line --silent"`, undefined, { line: stdout.trimEnd() })
    expect(emulator.requests.map(({ parameters }) => parameters['BackupPlanId'])).toEqual([plan])
  })
})

test.each(ways)('as TypeScript it lists over $signature $method', async (way) => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  const argv = ['list', '--plan', planOf(emulator), '--dry-run=ts', '--wire', 'xml', '--page-size', '30', ...flagsOf(way)]
  const { stdout } = await backset(argv, emulator)
  expect(steady(stdout, emulator.url)).toMatchSnapshot()
  expect(emulator.requestCount).toBe(0)

  const { code } = await transform(stdout, { loader: 'ts', format: 'esm' })
  const cwd = fileURLToPath(new URL('..', import.meta.url)) // from here its imports are found
  const program = spawn(process.execPath, ['--input-type=module'], {
    cwd,
    env: { ...cleanEnvironment(undefined), ...environmentOf(emulator) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  program.stdin.end(code)
  expect(await text(program.stdout)).toContain('totalElements: 3')
  expect(emulator.requests).toMatchObject([{ method: way.method.toUpperCase(), signature: way.signature, httpStatus: 200 }])
})
