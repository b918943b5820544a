import { tmpdir } from 'node:os'
import { systemClock } from '@backset/core'
import { expect, test } from 'vitest'
import { runCommandLine } from './command-line.js'

/** Runs the command in a world without an environment, whose server is told to stop at once. */
async function run(argv: readonly string[]) {
  let [stdout, stderr] = ['', '']
  const exitCode = await runCommandLine(argv, {
    env: {},
    homeDir: tmpdir(),
    version: '0.0.0',
    assets: new URL('../../assets/', import.meta.url),
    clock: systemClock,
    isTerminal: false,
    print: (text) => (stdout += text),
    tell: (text) => (stderr += text),
    openRecords: async () => {
      const [{ pino }, { Registry }] = await Promise.all([import('pino'), import('prom-client')])
      return { log: pino({ enabled: false }), registry: new Registry() }
    },
    stop: AbortSignal.abort(),
    force: AbortSignal.abort(),
  })
  return { exitCode, stdout, stderr }
}

test.each([
  [['--prot', '1'], 'Did you mean --port?'],
  [['--port'], '--port needs a value'],
  [['--debug=perhaps'], 'takes no value'],
  [['serve'], 'There is no command "serve"'],
  [['key', 'list'], 'Did you mean backset-api keys?'],
  [['keys', 'ad', 'me', '--keys', 'k'], 'Did you mean backset-api keys add?'],
  [['keys', 'add', '--keys', 'k'], 'needs NAME'],
  [['keys', 'list', 'me', '--keys', 'k'], 'does not take "me"'],
  [['keys', 'list', '--scope', 'tasks:read', '--keys', 'k'], 'There is no flag --scope'],
  [['keys', 'add', 'me'], 'No keys file is named'],
  [[], 'no region and no endpoint'],
  [['--region', 'cn-hangzhou,cn-beijing', '--endpoint', 'http://127.0.0.1:9'], 'several regions'],
  [['--region', 'cn-hangzou'], 'cn-hangzhou'],
  [['--region', 'cn-hangzhou', '--host', '0.0.0.0'], 'needs --keys'],
])('%j is refused before anything is sent', async (argv, words) => {
  const { exitCode, stdout, stderr } = await run(argv)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain(words)
  expect(stderr).not.toMatch(/\n\s+at /)
})
