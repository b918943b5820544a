import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { ending, residentMiB, runCommand, runShell, startCommand } from './process.js'
import { tempFolder } from './temp-folder.js'

const emulatorOf = (tasks: number) => startEmulator({ tasks, plans: 1 })
const planOf = ({ world }: Emulator): string => world.planIds[0] ?? ''

/** Waits until a count stands still. */
async function settled(count: () => number): Promise<number> {
  for (let last = -1, still = 0; still < 10;) {
    await sleep(50)
    still = count() === last ? still + 1 : 0
    last = count()
  }
  return count()
}

describe('exit codes of the process', () => {
  test.each([
    { argv: ['list', '--plan', 'PLAN'], exit: 0 },
    { argv: ['list', '--plan', 'PLAN', '--page-size', '31'], exit: 2 },
    { argv: ['get', 'urx0000'], exit: 4 },
    { argv: ['list', '--plan', 'PLAN', '--fail-if', 'any'], exit: 10 },
    { argv: ['--help'], exit: 0 },
    { argv: ['lst'], exit: 2 },
  ])('backset $argv ends with $exit', async ({ argv, exit }) => {
    await using emulator = await emulatorOf(3)
    const ran = await runCommand(
      argv.map((word) => (word === 'PLAN' ? planOf(emulator) : word)),
      emulator,
    )
    expect(ran.exit).toBe(exit)
  })

  test('the version is the one of the package', async () => {
    expect(await runCommand(['--version'])).toEqual({ exit: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, stderr: '' })
  })
})

test('an empty HOME is no folder to look for keys in', async () => {
  await using emulator = await emulatorOf(3)
  expect(await runCommand(['list', '--plan', planOf(emulator), '-o', 'id'], emulator, { HOME: '' })).toMatchObject({ exit: 0, stderr: '' })
})

test('the built command reads its configuration file', async () => {
  await using emulator = await emulatorOf(3)
  await using folder = await tempFolder({ 'good.yaml': 'output: id\nwire: xml\n', 'bad.yaml': 'pageSize: 31\n' })
  const run = (name: string) => runCommand(['list', '--plan', planOf(emulator)], emulator, { BACKSET_CONFIG: join(folder.path, name) })
  expect(await run('good.yaml')).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^(urx\w+\n){3}$/) as string })
  expect(await run('bad.yaml')).toMatchObject({ exit: 2, stderr: expect.stringContaining('bad.yaml:1:11') as string })
})

describe('a reader that goes', () => {
  test('after one line is no fault', async () => {
    await using emulator = await emulatorOf(100_000)
    const line = `$backset list --plan ${planOf(emulator)} -o ndjson | head -n 1; echo "exit \${PIPESTATUS[0]}"`
    const { stdout, stderr } = await runShell(line, emulator)
    expect(stdout.split('\n')).toEqual([expect.stringMatching(/^\{.*\}$/), 'exit 0', ''])
    expect(stderr).toBe('')
    expect(emulator.requestCount).toBeLessThan(100)
  })

  test('before the first line is no fault', async () => {
    await using emulator = await emulatorOf(10)
    const child = startCommand(['list', '--plan', planOf(emulator)], emulator)
    child.stdout.destroy()
    expect(await ending(child)).toBe(0)
  })

  test('with stderr too leaves the exit code', async () => {
    await using emulator = await emulatorOf(10)
    const child = startCommand(['get', 'urx0000'], emulator)
    child.stderr.destroy()
    expect(await ending(child)).toBe(4)
  })
})

describe.runIf(existsSync('/proc/self/status'))('a reader that stops', () => {
  test.each(['ndjson', 'json', 'csv', 'tsv', 'yaml', 'table', 'id'])('holds %s up: nothing is asked, no memory taken', async (format) => {
    await using emulator = await emulatorOf(100_000)
    const child = startCommand(['list', '--plan', planOf(emulator), '-o', format], emulator)
    await once(child.stdout, 'readable') // and read no further: node asks for no more than its buffer holds
    const asked = await settled(() => emulator.requestCount)
    const before = residentMiB(child)
    await sleep(500)
    expect(emulator.requestCount).toBe(asked)
    expect(asked).toBeLessThan(500) // of 1002: the id of a task is short, and many fit into the pipe
    expect(residentMiB(child) - before).toBeLessThan(4)
    child.stdout.destroy()
    expect(await ending(child)).toBe(0)
  })

  test('and goes on gets every task', async () => {
    await using emulator = await emulatorOf(20_000)
    const child = startCommand(['list', '--plan', planOf(emulator), '-o', 'ndjson'], emulator)
    await once(child.stdout, 'readable')
    await settled(() => emulator.requestCount)
    let lines = 0
    for await (const _ of createInterface({ input: child.stdout })) lines++
    expect({ lines, exit: await ending(child), requests: emulator.requestCount }).toEqual({ lines: 20_000, exit: 0, requests: 202 })
  })
})

/** The most memory that a list of so many tasks takes, MiB. */
async function mostFor(tasks: number): Promise<number> {
  await using emulator = await emulatorOf(tasks)
  const child = startCommand(['list', '--plan', planOf(emulator), '-o', 'ndjson'], emulator)
  let lines = 0
  let most = 0
  for await (const _ of createInterface({ input: child.stdout }))
    if (++lines % 1000 === 0 && lines < tasks) most = residentMiB(child, 'VmHWM')
  expect({ lines, exit: await ending(child) }).toEqual({ lines: tasks, exit: 0 })
  return most
}

test.runIf(existsSync('/proc/self/status'))(
  'a longer list takes no more memory',
  async () => {
    const short = await mostFor(20_000)
    expect((await mostFor(120_000)) - short).toBeLessThan(48) // the rows alone, were they kept, would take 100 MiB
  },
  60_000,
)

describe('an interruption', () => {
  test('while DBS is waited for ends with 130', async () => {
    const scenario = { rules: [{ pageNum: 1, fault: { kind: 'hang' as const } }] }
    await using emulator = await startEmulator({ tasks: 250, plans: 1, scenario })
    const patient = ['--attempt-timeout', '10m', '--request-timeout', '10m']
    const child = startCommand(['list', '--plan', planOf(emulator), '-o', 'ndjson', ...patient], emulator)
    await once(child.stdout, 'data') // the first page
    child.kill('SIGINT')
    expect(await ending(child)).toBe(130)
  })

  test('while a reader is waited for ends at once too', async () => {
    await using emulator = await emulatorOf(100_000)
    const child = startCommand(['list', '--plan', planOf(emulator), '-o', 'ndjson'], emulator)
    await once(child.stdout, 'readable')
    await settled(() => emulator.requestCount)
    child.kill('SIGINT')
    await once(child, 'exit')
    expect(child.exitCode ?? child.signalCode).toBe('SIGINT') // which a shell calls 130
    child.stdout.destroy()
  })
})

/** A pipe that is open at both ends and that nobody reads. */
const unread = 'mkfifo "$folder/pipe" && exec 9<>"$folder/pipe"'

describe.runIf(existsSync('/proc/self/fd'))('a pipe that nobody reads', () => {
  test.each(['>"$folder/pipe"', '>"$folder/pipe" 2>&1', '-v --debug >"$folder/pipe" 2>&1'])(
    'is waited for until time is out (%s)',
    async (to) => {
      await using emulator = await emulatorOf(1000)
      await using folder = await tempFolder()
      const line = `${unread}; $backset list --plan ${planOf(emulator)} -o ndjson --timeout 400ms ${to}; echo "exit $?"`
      expect(await runShell(line, emulator, { folder: folder.path })).toMatchObject({ exit: 0, stdout: 'exit 6\n' })
    },
    20_000,
  )

  test('is waited for until an interruption', async () => {
    await using emulator = await emulatorOf(1000)
    await using folder = await tempFolder()
    const line = `${unread}; $backset list --plan ${planOf(emulator)} -o ndjson >"$folder/pipe" & read -r -N 60000 <"$folder/pipe"; kill -TERM $!; wait $!; echo "exit $?"`
    expect(await runShell(line, emulator, { folder: folder.path })).toMatchObject({ stdout: 'exit 130\n' })
  })
})

test('a terminal that closes leaves no half file', async () => {
  const scenario = { rules: [{ pageNum: 1, fault: { kind: 'hang' as const } }] }
  await using emulator = await startEmulator({ tasks: 250, plans: 1, scenario })
  await using folder = await tempFolder()
  const patient = ['--attempt-timeout', '10m', '--request-timeout', '10m']
  const child = startCommand(['list', '--plan', planOf(emulator), '--out', join(folder.path, 'tasks.json'), ...patient], emulator)
  while ((await readdir(folder.path)).length === 0) await sleep(20)
  expect(await readdir(folder.path)).toEqual([expect.stringMatching(/\.part$/)])
  child.kill('SIGHUP')
  expect(await ending(child)).toBe('SIGHUP') // which a shell calls 129
  expect(await readdir(folder.path)).toEqual([])
})

test.runIf(existsSync('/dev/full'))('a full disk behind stdout ends with 9', async () => {
  await using emulator = await emulatorOf(10)
  const { stdout, stderr } = await runShell(`$backset list --plan ${planOf(emulator)} -o json > /dev/full; echo "exit $?"`, emulator)
  expect(stdout).toBe('exit 9\n')
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'disk-full' } })
  const version = await runShell('$backset --version > /dev/full; echo "exit $?"')
  expect(version).toMatchObject({ stdout: 'exit 9\n', stderr: expect.stringContaining('disk-full') as string })
})
