import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@backset/core'
import { expect, test } from 'vitest'
import { runCommand } from '../src/notices/command.js'
import { tempFolder } from './temp-folder.js'

const node = process.execPath
const run = async (
  argv: readonly string[],
  stdin = '{"outcome":"failed"}',
  { timeoutMs = 10_000, signal = new AbortController().signal } = {},
) => runCommand(argv, stdin, { clock: systemClock, env: { PATH: process.env['PATH'], KNOWN: 'yes' }, timeoutMs, signal })

test('the run comes on stdin, and what is printed is kept', async () => {
  const script = "process.stdin.on('data', (d) => process.stdout.write(d)).on('end', () => process.stderr.write(' ' + process.env.KNOWN))"
  expect(await run([node, '-e', script])).toBe('{"outcome":"failed"} yes')
})

test('arguments go past every shell', async () => {
  expect(await run([node, '-e', 'console.log(process.argv[1])', '$(id); `id` && x'])).toBe('$(id); `id` && x')
})

test('a program that reads nothing is no failure', async () => {
  expect(await run(['true'], 'x'.repeat(1_000_000))).toBe('')
})

test('another exit code is a failure that tells the end of its output', async () => {
  await expect(run([node, '-e', "console.error('no such room'); process.exit(3)"])).rejects.toThrow('ended with 3: no such room')
})

test('a program that is not there is a failure', async () => {
  await expect(run(['/nowhere/notify'])).rejects.toThrow('/nowhere/notify cannot be started: ENOENT.')
})

test('a program that takes too long is killed', async () => {
  await using folder = await tempFolder()
  const path = join(folder.path, 'pid')
  const script = `require('fs').writeFileSync(${JSON.stringify(path)}, String(process.pid)); setInterval(() => {}, 1000)`
  await expect(run([node, '-e', script], '', { timeoutMs: 1500 })).rejects.toMatchObject({ code: 'timed-out' })
  const pid = Number(await readFile(path, 'utf8'))
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('and what it started with it', async () => {
  await using folder = await tempFolder()
  const started = `echo begun > begun; sleep 2; echo late > late`
  const running = run(['sh', '-c', `cd ${folder.path}; (${started}) & wait`], '', { timeoutMs: 1500 })
  await expect(running).rejects.toMatchObject({ code: 'timed-out' })
  await sleep(1500)
  expect(await readdir(folder.path)).toEqual(['begun'])
})

test('what it leaves in the background does not hold the run', async () => {
  const script = "require('child_process').spawn('sleep', ['5'], { stdio: 'inherit', detached: true }).unref(); console.log('sent')"
  expect(await run([node, '-e', script])).toBe('sent')
})

test('what is secret in its output is taken out', async () => {
  expect(await run(['echo', 'see https://x.example/a?token=1 password=abc'])).toBe('see https://x.example/a?*** password=***')
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
