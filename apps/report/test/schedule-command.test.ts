import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { healthAddress } from '../src/schedule/health-address.js'
import { backsetReport } from './command-line.js'
import { ending, startCommand } from './process.js'
import { tempFolder } from './temp-folder.js'

const secondly = (more = ''): string =>
  `version: 1\nreports:\n  - name: audit\n    schedule: "* * * * * *"\n    output: out\n    source: { plans: all }\n${more}`

interface Line {
  readonly level: string
  readonly message: string
  readonly health?: string
  readonly outcome?: string
}

/** The built command, told line by line. */
function scheduler(argv: readonly string[], emulator: Emulator) {
  const child = startCommand(['schedule', ...argv], emulator)
  child.stdout.resume()
  const lines: Line[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: child.stderr }).on('line', (text) => {
    lines.push(JSON.parse(text) as Line)
    for (const look of waiting) look()
  })
  const until = (wanted: (line: Line) => boolean): Promise<Line> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = lines.find(wanted)
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  return { child, lines, until }
}

test('it runs what is due, tells its health, and ends with 0', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 5 })
  await using folder = await tempFolder()
  const path = join(folder.path, 'report.yaml')
  await writeFile(path, secondly())
  const { child, lines, until } = scheduler([path, '--health', '0'], emulator)
  const { health = '' } = await until(({ message }) => message === 'scheduling')
  expect((await fetch(`${health}/livez`)).status).toBe(200)
  await until(({ message, outcome }) => message === 'run ended' && outcome === 'ok')
  const ready = await fetch(`${health}/readyz`)
  expect({ status: ready.status, body: await ready.json() }).toMatchObject({
    status: 200,
    body: { status: 'ok', reports: [{ report: 'audit', next: expect.any(String) as string, last: { outcome: 'ok' } }] },
  })
  expect([(await fetch(`${health}/other`)).status, (await fetch(`${health}/livez`, { method: 'POST' })).status]).toEqual([404, 405])
  child.kill('SIGTERM')
  expect(await ending(child)).toBe(0)
  expect(lines.at(-1)).toMatchObject({ message: 'stopped' })
  expect(lines.filter(({ level }) => level !== 'info')).toEqual([])
})

test('a run in hand when it is told to stop is abandoned within 10 s', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 2000, latencyMs: 2000 })
  await using folder = await tempFolder()
  const path = join(folder.path, 'report.yaml')
  await writeFile(path, secondly('    pageSize: 30\n'))
  const { child, until } = scheduler([path], emulator)
  await until(({ message }) => message === 'run started')
  const begun = performance.now()
  child.kill('SIGTERM')
  expect(await ending(child)).toBe(0)
  expect(performance.now() - begun).toBeLessThan(10_000)
  const { stdout } = await backsetReport(['history', path, '-o', 'json'], { cwd: folder.path, emulator })
  expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'abandoned', reason: 'It was told to stop.' }])
})

test('a file without a schedule is no work for it', async () => {
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'report.yaml'), secondly().replace(/ {4}schedule.*\n/, '    region: cn-hangzhou\n'))
  const { exitCode, stderr } = await backsetReport(['schedule', 'report.yaml'], { cwd: folder.path })
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('has no report with a schedule') as string })
})

test('validate tells which lines meet a clock change', async () => {
  await using folder = await tempFolder()
  const line = secondly('    region: cn-hangzhou\n    timezone: Europe/Berlin\n').replace('* * * * * *', '30 2 * * *')
  await writeFile(join(folder.path, 'report.yaml'), line)
  const { exitCode, stderr } = await backsetReport(['validate', 'report.yaml'], { cwd: folder.path })
  expect(exitCode).toBe(0)
  expect(stderr).toMatch(
    /^backset-report: warning: report "audit": its schedule "30 2 \* \* \*" meets clock changes in Europe\/Berlin: on /,
  )
})

test.each([
  ['9090', { host: '127.0.0.1', port: 9090 }],
  ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
  ['[::]:80', { host: '::', port: 80 }],
])('--health %s is an address', (text, address) => {
  expect(healthAddress(text)).toEqual(address)
})

test.each(['', '70000', 'a:b', ':80', '1.5'])('--health %s is none', (text) => {
  expect(() => healthAddress(text)).toThrow('which is no port')
})
