import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { help, readCommandLine } from '../src/command-line.js'
import { startEmulator } from '../src/index.js'

const bin = fileURLToPath(new URL('../bin/backset-emulator.js', import.meta.url))

/** Runs the built command to its end. */
async function run(...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args])
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray())
  const [code] = (await once(child, 'close')) as [number]
  return { code, stdout: (await stdout)?.join('') ?? '', stderr: (await stderr)?.join('') ?? '' }
}

test.each(['SIGTERM', 'SIGINT'] as const)('prints one line of JSON and exits 0 on %s', async (signal) => {
  const child = spawn(process.execPath, [bin, '--port', '0', '--seed', '9', '--plans', '2', '--tasks', '5'])
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  const { url, plans, accessKeyId } = JSON.parse(line) as { url: string; plans: string[]; accessKeyId: string }
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  await using same = await startEmulator({ seed: 9, plans: 2 })
  expect({ plans, accessKeyId }).toEqual({ plans: same.world.planIds, accessKeyId: same.accessKeyId })
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([0, null])
})

test.each([
  [['--bogus'], 'Unknown option'],
  [['--tasks', 'many'], '--tasks is many'],
  [['--port', '70000'], 'port is 70000'],
  [['--latency', '-3'], 'latency'],
  [['--latency', '5x'], '--latency is 5x'],
  [['--qps', '1e400'], '--qps is 1e400'],
  [['--scenario', '/nowhere.json'], '--scenario /nowhere.json: ENOENT'],
  [['--profile', '/nowhere.json'], '--profile /nowhere.json: ENOENT'],
  [['extra'], 'extra'],
])('%j is a clear error and exit 2', async (args, text) => {
  const { code, stdout, stderr } = await run(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(text)
  expect(stderr).not.toContain('    at ')
})

test('a port in use is told, exit 1', async () => {
  await using other = await startEmulator()
  expect(await run('--port', new URL(other.url).port)).toMatchObject({ code: 1, stderr: expect.stringContaining('The port is in use.') })
})

test('--help shows examples', async () => {
  expect(await run('--help')).toEqual({ code: 0, stdout: help, stderr: '' })
  expect(help).toContain('backset-emulator --port 0 --tasks 1000000')
})

test('flags become options', () => {
  expect(readCommandLine([])).toEqual({ port: 8899 })
  expect(readCommandLine(['--port', '0', '--qps', '2.5', '--latency', '80', '--clock-skew', '-2h'])).toEqual({
    port: 0,
    qps: 2.5,
    latencyMs: 80,
    clockSkewMs: -7_200_000,
  })
  expect(readCommandLine(['--latency', '5'])).toMatchObject({ latencyMs: 5 })
  expect(readCommandLine(['--latency', '1.5s', '--clock-skew', '0s'])).toMatchObject({ latencyMs: 1500, clockSkewMs: 0 })
  expect(readCommandLine(['-h'])).toBeUndefined()
})

test('a scenario file is checked, every fault named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'))
  try {
    const file = join(folder, 'scenario.json')
    await writeFile(file, '{"rules":[{"every":3,"fault":{"kind":"throttle","hint":"acs"}}]}')
    expect(readCommandLine(['--scenario', file])?.scenario?.rules).toHaveLength(1)
    await writeFile(file, '{"rules":[{"every":"x","fault":{"kind":"reset"}}],"file":{}}')
    expect(() => readCommandLine(['--scenario', file])).toThrow(
      /Unrecognized key: "file"[^]*rules\[0\]\.every|rules\[0\]\.every[^]*Unrecognized key: "file"/,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
