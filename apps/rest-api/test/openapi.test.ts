import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readDocument, startApi } from './api.js'

const require = createRequire(import.meta.url)

/** As it lies in the repository. */
const textOf = (document: object): string => `${JSON.stringify(document, null, 2)}\n`

test('the document in the repository is the one that is served', async () => {
  await expect(textOf(await readDocument())).toMatchFileSnapshot('../openapi.json')
})

test('the linter of OpenAPI documents finds nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'backset-'))
  await writeFile(join(folder, 'openapi.json'), textOf(await readDocument()))
  const rules = { 'operation-4xx-response': 'off' } // probes refuse nobody
  await writeFile(join(folder, 'redocly.yaml'), JSON.stringify({ extends: ['recommended'], rules }))
  const linter = require.resolve('@redocly/cli/package.json')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(dirname(linter), 'bin/cli.js'), 'lint', 'openapi.json', '--format=json'],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  ).catch((error: { stdout: string }) => error)
  const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; message: string; location: { pointer?: string }[] }[] }
  expect(problems.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`)).toEqual([])
})

test('every operation has a name, a tag and a word on who may', async () => {
  const { paths } = await readDocument()
  const operations = Object.values(paths).flatMap((path) => Object.values(path)) as unknown as Record<string, unknown>[]
  for (const operation of operations) {
    expect(operation).toMatchObject({ operationId: expect.any(String), tags: [expect.any(String)], security: expect.any(Array) })
  }
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
})

test('the document is asked for again by its tag', async () => {
  await using api = await startApi()
  const answer = await api.get('/openapi.json')
  expect(answer.headers.get('content-type')).toBe('application/json')
  const again = await api.get('/openapi.json', { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})
