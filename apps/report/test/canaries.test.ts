import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { backsetReport } from './command-line.js'
import { tempFolder } from './temp-folder.js'

// What must never be seen is planted everywhere, everything is made to fail, and all that is printed and written is looked through.

const canary = 'CaNaRy'
const plant = (where: string): string => `${canary}-${where}/+=5f3`
const hostile = `See https://host.example/a?Signature=${plant('message')} AccessKeySecret=${plant('message')} \u001B[31m`

type Fault = NonNullable<NonNullable<NonNullable<Parameters<typeof startEmulator>[0]>['scenario']>['rules']>[number]['fault']
const faults: readonly (Fault | undefined)[] = [
  undefined,
  { kind: 'soft-failure', message: hostile },
  { kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true, message: hostile },
  { kind: 'refuse', code: 'InvalidAccessKeyId.NotFound', status: 404, message: hostile },
  { kind: 'refuse', code: 'SignatureDoesNotMatch', status: 400, message: `server string to sign is:POST&%2F&SecurityToken%3D${canary}` },
  { kind: 'refuse', code: 'SomethingNew', status: 400, message: hostile },
  { kind: 'redirect', to: `http://user:${encodeURIComponent(plant('redirect'))}@127.0.0.1:9/?token=${canary}` },
  { kind: 'expired-sts' },
  { kind: 'reset' },
]

const config = `version: 1
defaults:
  output: out
  maxAttempts: 2
  source: { plans: ["\${PLAN}"] }
  filter: { name: "\${GLOB}*" }
  allowIncomplete: true
  notices:
    - { on: always, webhook: { url: "http://127.0.0.1:9/\${HOOK_PATH}", secret: "\${HOOK_SECRET}" }, timeout: 1s }
reports:
  - { name: table, excel: true }
  - { name: whole, format: json, compress: gzip }
  - { name: lake, format: ndjson, onlyChanges: true, alarms: { repeated: 2 } }
  - { name: page, format: html }
`

const secretsOf = ({ accessKeySecret, sts }: Emulator): readonly string[] => [
  accessKeySecret,
  sts.accessKeySecret,
  sts.securityToken,
  canary,
]

function expectNothingSecret(text: string, secrets: readonly string[], where: string): void {
  const seen = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
  expect(
    seen.filter((secret) => text.includes(secret)),
    where,
  ).toEqual([])
  expect(text, where).not.toMatch(/Signature(?:=|%3D)(?!\*\*\*)\S/)
}

test('nothing secret is printed or written, however a run ends', { timeout: 120_000 }, async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 40 })
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'reports.yaml'), config)
  const { sts, world } = emulator
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: sts.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: sts.accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: sts.securityToken,
    PLAN: world.planIds[0] ?? '',
    GLOB: `{${plant('glob')},}`,
    HOOK_PATH: plant('hook'),
    HOOK_SECRET: plant('webhook-secret'),
  }
  const secrets = secretsOf(emulator)
  const at = { cwd: folder.path, emulator, env }
  for (const [day, fault] of faults.entries()) {
    emulator.play(fault === undefined ? {} : { rules: [{ fault }] })
    const due = ['--due', `2026-11-${10 + day}`]
    for (const argv of [
      ['run', 'reports.yaml', ...due, '--dry-run'],
      ['run', 'reports.yaml', ...due, '-o', day % 2 === 0 ? 'json' : 'text'],
    ]) {
      const { stdout, stderr } = await backsetReport(argv, at)
      expectNothingSecret(stdout + stderr, secrets, `${argv.join(' ')} under ${inspect(fault)}`)
    }
  }
  for (const argv of [
    ['validate', 'reports.yaml'],
    ['history', 'reports.yaml'],
    ['verify', '--chain', 'out'],
  ]) {
    const { stdout, stderr } = await backsetReport(argv, at)
    expectNothingSecret(stdout + stderr, secrets, argv.join(' '))
  }
  const names = (await readdir(join(folder.path, 'out'), { recursive: true })).filter((name) => /\.\w+$/.test(name))
  for (const ending of ['.csv', '.json.gz', '.ndjson', '.html', '.manifest.json', 'ledger.ndjson'])
    expect(
      names.some((name) => name.endsWith(ending)),
      ending,
    ).toBe(true)
  for (const name of names) {
    const bytes = await readFile(join(folder.path, 'out', name)).catch(() => Buffer.alloc(0)) // locks are a folder
    expectNothingSecret((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString(), secrets, name)
  }
})

test('a fault of the file does not tell what its variables hold', async () => {
  await using folder = await tempFolder()
  const text = config.replace('source: { plans: ["${PLAN}"] }', 'source: { plans: all }, window: "${PLAN}", catchUp: "${GLOB}"')
  await writeFile(join(folder.path, 'reports.yaml'), text)
  const env = { PLAN: plant('plan'), GLOB: plant('glob'), HOOK_PATH: plant('hook'), HOOK_SECRET: plant('secret') }
  const { exitCode, stdout, stderr } = await backsetReport(['validate', 'reports.yaml'], { cwd: folder.path, env })
  expect(exitCode).toBe(2)
  expectNothingSecret(stdout + stderr, [canary], 'validate')
})
