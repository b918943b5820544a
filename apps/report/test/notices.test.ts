import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { backsetReport } from './command-line.js'
import { receiver, status } from './receiver.js'
import { tempFolder } from './temp-folder.js'

const config = (notices: string, more = ''): string =>
  `version: 1\nreports:\n  - name: audit\n    output: out\n    source: { plans: all }\n    file: audit.csv\n    notices: ${notices}\n${more}`

const runs = (stdout: string) => JSON.parse(stdout) as readonly { readonly outcome: string; readonly reason?: string }[]

test('a run that ends well is told to who always wants to know', async () => {
  await using emulator = await startEmulator({ tasks: 5 })
  await using folder = await tempFolder()
  await using server = await receiver(status(200))
  const told = join(folder.path, 'told.json')
  await writeFile(join(folder.path, 'notify.sh'), '#!/bin/sh\ncd "$(dirname "$0")"\ncat > told.json\nenv | grep -c ALIBABA\ntrue\n', {
    mode: 0o755,
  })
  const notices =
    '[{ on: always, webhook: { url: "${HOOK}", secret: "${HOOK_SECRET}" } }, { on: always, command: [./notify.sh] }, { webhook: { url: "${HOOK}" } }]'
  await writeFile(join(folder.path, 'report.yaml'), config(notices))
  const env = { HOOK: server.url, HOOK_SECRET: 'sixteen characters and more', PATH: process.env['PATH'] ?? '' }
  const { exitCode, stdout, stderr } = await backsetReport(['run', 'report.yaml', '-o', 'json'], { cwd: folder.path, emulator, env })
  expect({ exitCode, runs: runs(stdout) }).toMatchObject({ exitCode: 0, runs: [{ outcome: 'ok' }] })
  expect(server.taken).toHaveLength(1)
  const body = JSON.parse(server.taken[0]?.body ?? '') as object
  expect(body).toMatchObject({
    version: 1,
    report: 'audit',
    outcome: 'ok',
    failed: false,
    exitCode: 0,
    rows: expect.any(Number) as number,
    file: 'audit.csv',
  })
  expect(JSON.parse(await readFile(told, 'utf8'))).toEqual(body)
  // Without the keys of DBS.
  expect(stderr).toBe('audit: 0\n')
})

test('a run that fails is told, and its outcome stays where the notice fails too', async () => {
  await using emulator = await startEmulator({ tasks: 5 })
  await using folder = await tempFolder()
  await using server = await receiver(status(403))
  await writeFile(join(folder.path, 'report.yaml'), config('[{ webhook: { url: "${HOOK}" } }]'))
  const env = { HOOK: server.url, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'NotTheRightOne' }
  const { exitCode, stdout, stderr } = await backsetReport(['run', 'report.yaml', '-o', 'json'], { cwd: folder.path, emulator, env })
  expect(exitCode).toBe(3)
  expect(server.taken.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ outcome: 'failed', failed: true, exitCode: 3 }])
  const history = await backsetReport(['history', 'report.yaml', '-o', 'json'], { cwd: folder.path, emulator, env })
  expect(runs(history.stdout)).toMatchObject([
    {
      outcome: 'failed',
      reason: expect.stringMatching(/^signature-mismatch: .* A notice by webhook failed: \$\{HOOK\} answered HTTP 403\.$/) as string,
    },
  ])
  expect(stdout + stderr + history.stdout).not.toContain('secret-path')
})

test('a run that could not even begin is told', async () => {
  await using emulator = await startEmulator({ tasks: 5 })
  await using folder = await tempFolder()
  await using server = await receiver(status(200))
  await writeFile(join(folder.path, 'out'), 'a file in the place of the folder')
  await writeFile(join(folder.path, 'report.yaml'), config('[{ webhook: { url: "${HOOK}" } }]'))
  const { exitCode } = await backsetReport(['run', 'report.yaml', '-o', 'json'], { cwd: folder.path, emulator, env: { HOOK: server.url } })
  expect(exitCode).toBe(2)
  expect(server.taken.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
    { outcome: 'failed', failed: true, exitCode: 2, reason: expect.stringContaining('cannot-write') as string },
  ])
})

test('a webhook over plain http is refused with its place', async () => {
  await using folder = await tempFolder()
  await writeFile(
    join(folder.path, 'report.yaml'),
    config('[{ webhook: { url: "http://hooks.example/secret" } }]', '    region: cn-hangzhou\n'),
  )
  const { exitCode, stderr } = await backsetReport(['validate', 'report.yaml'], { cwd: folder.path })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('report.yaml:7:')
  expect(stderr).toContain('the url of a webhook is plain http')
  expect(stderr).not.toContain('hooks.example/secret')
})
