import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import type { Attendant, Terminal, TerminalSize } from '../src/output/terminal.js'
import { ReaderGone, type Sink } from '../src/output/sink.js'
import { backset, type Ran, type RunOptions } from './backset.js'
import { Screen } from './screen.js'
import { planOf } from './tasks-of.js'

const idOf = (row: Readonly<Record<string, unknown>>) => String(row['BackupSetDownloadTaskId'])
const outage = { rules: [{ fault: { kind: 'unavailable' as const } }] }
const emulatorOf = (tasks = 5) => startEmulator({ tasks, plans: 1 })

async function until(holds: () => boolean, shown: () => unknown = () => ''): Promise<void> {
  for (let left = 500; !holds(); left--) {
    if (left === 0) throw new Error(`It did not happen: ${JSON.stringify(shown())}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A watch in this process, on a terminal of so many rows or in a pipe. */
function startWatch(argv: readonly string[], emulator: Emulator, { rows, ...options }: RunOptions & { readonly rows?: number } = {}) {
  const stop = new AbortController()
  let text = ''
  let size: TerminalSize = { rows: rows ?? 0, columns: 100 }
  let attendant: Attendant | undefined
  let screen = new Screen(size.rows, size.columns)
  const terminal: Terminal = {
    size: () => size,
    attend(one) {
      attendant = one
      return { [Symbol.dispose]: () => (attendant = undefined) }
    },
  }
  const stdout: Sink = {
    isTTY: rows !== undefined,
    width: () => (rows === undefined ? undefined : size.columns),
    async write(more) {
      text += more
      if (rows !== undefined) screen.write(more)
    },
  }
  const ended: Promise<Ran> = backset(['watch', '--interval', '20ms', ...argv], emulator, {
    stdout,
    signal: stop.signal,
    ...(rows !== undefined && { screen: terminal }),
    ...options,
  })
  return {
    ended,
    stop: () => stop.abort(),
    text: () => text,
    events: () => text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Event])),
    screen: () => screen,
    attendant: () => attendant as Attendant,
    resize(newRows: number, columns: number) {
      size = { rows: newRows, columns }
      screen = new Screen(newRows, columns)
      screen.write('\u001B[?1049h\u001B[?25l\u001B[?7l')
      attendant?.onResize()
    },
  }
}

interface Event {
  readonly event: string
  readonly at: string
  readonly task: { readonly backupSetDownloadTaskId: string; readonly [name: string]: unknown }
}

describe('in a pipe', () => {
  test('each change is a line of JSON, once, in order', async () => {
    await using emulator = await emulatorOf(250)
    const planId = planOf(emulator)
    const list = emulator.world.tasksOf(planId)
    const watch = startWatch(['--plan', planId], emulator)
    await until(() => emulator.requestCount >= 15) // the ends, the whole of it, and ends again
    expect(watch.text()).toBe('')
    const fresh = emulator.world.newTask(planId)
    const id = idOf(fresh)
    list.insert(0, fresh)
    await until(() => watch.events().length === 1, watch.text)
    for (const [at, status] of ['running', 'finish'].entries()) {
      list.change(list.indexOf(id), {
        BackupSetDownloadStatus: status,
        BackupSetDownloadInternetUrl: 'http://files.example.invalid/a?Signature=canary',
      })
      await until(() => watch.events().length === at + 2, watch.text)
    }
    const [middle = {}] = list.remove(120)
    await until(() => watch.events().length === 4, watch.text)
    watch.stop()
    expect(await watch.ended).toEqual({ exitCode: 130, stdout: '', stderr: '' })
    expect(watch.events().map(({ event, task }) => [event, task.backupSetDownloadTaskId])).toEqual([
      ['created', id],
      ['changed', id],
      ['finished', id],
      ['gone', idOf(middle)],
    ])
    expect(watch.events().every(({ at }) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at))).toBe(true)
    expect(watch.text()).not.toContain('canary')
  })

  test('a filter tells of tasks that come, change and leave', async () => {
    await using emulator = await emulatorOf()
    const planId = planOf(emulator)
    const list = emulator.world.tasksOf(planId)
    const [, id] = list.ids()
    for (let at = 0; at < 5; at++) list.change(at, { BackupSetDownloadStatus: 'pause' })
    const watch = startWatch(['--plan', planId, '--status', 'active'], emulator)
    await until(() => emulator.requestCount >= 5)
    list.change(0, { BackupSetDownloadStatus: 'finish' })
    list.change(1, { BackupSetDownloadStatus: 'running' })
    await until(() => watch.events().length === 1, watch.text)
    list.change(1, { BackupSetDownloadStatus: 'stop' })
    await until(() => watch.events().length === 2, watch.text)
    watch.stop()
    await watch.ended
    expect(watch.events().map(({ event, task }) => [event, task.backupSetDownloadTaskId])).toEqual([
      ['changed', id],
      ['failed', id],
    ])
  })

  test('what fails is told once, and followed by what happened meanwhile', async () => {
    await using emulator = await emulatorOf()
    const planId = planOf(emulator)
    const list = emulator.world.tasksOf(planId)
    const watch = startWatch(['--plan', planId, '--max-attempts', '1', '--attempt-timeout', '500ms'], emulator, { random: () => 0 })
    await until(() => emulator.requestCount >= 5)
    emulator.play(outage)
    await until(() => emulator.requestCount >= 10)
    emulator.play({})
    list.insert(0, emulator.world.newTask(planId))
    await until(() => watch.events().length === 1, watch.text)
    watch.stop()
    const { stderr } = await watch.ended
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^backset: warning: The tasks of plan "\w+" cannot be seen now: /)
    expect(lines[1]).toMatch(/ are seen again\.$/)
  })

  test('--timeout ends it with 6', async () => {
    await using emulator = await emulatorOf()
    const { exitCode, stderr } = await backset(['watch', '--plan', planOf(emulator), '--timeout', '100ms'], emulator)
    expect({ exitCode, stderr }).toEqual({ exitCode: 6, stderr: expect.stringContaining('timed-out') as unknown })
  })

  test('a plan that is not there, and keys that are refused, end it at once', async () => {
    await using emulator = await emulatorOf()
    const env = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' }
    expect((await backset(['watch', '--plan', planOf(emulator)], emulator, { env })).exitCode).toBe(3)
    emulator.play({ rules: [{ fault: { kind: 'soft-failure' } }] })
    expect((await backset(['watch', '--plan', 'dbsnothere'], emulator)).exitCode).toBe(4)
  })

  test('a reader that goes ends it quietly', async () => {
    await using emulator = await emulatorOf()
    const planId = planOf(emulator)
    const stdout: Sink = {
      isTTY: false,
      width: () => undefined,
      write: async () => {
        throw new ReaderGone()
      },
    }
    const watch = startWatch(['--plan', planId], emulator, { stdout })
    await until(() => emulator.requestCount >= 5)
    emulator.world.tasksOf(planId).insert(0, emulator.world.newTask(planId))
    expect(await watch.ended).toMatchObject({ exitCode: 0, stderr: '' })
  })

  test('a table needs a terminal', async () => {
    await using emulator = await emulatorOf()
    const { exitCode, stderr } = await backset(['watch', '--plan', planOf(emulator), '-o', 'table'], emulator)
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('-o ndjson') as unknown })
    expect(emulator.requestCount).toBe(0)
  })
})

describe('on a terminal', () => {
  test('the table follows the tasks, and only lines that changed are written', async () => {
    await using emulator = await emulatorOf()
    const planId = planOf(emulator)
    const list = emulator.world.tasksOf(planId)
    for (let at = 0; at < 5; at++) list.change(at, { BackupSetDownloadStatus: 'finish' })
    const [id = ''] = list.ids()
    const watch = startWatch(['--plan', planId, '--sort', 'id', '--columns', 'id,status'], emulator, { rows: 12 })
    await until(
      () => watch.screen().lines.some((line) => line.startsWith('5 tasks: 5 done; seen ')),
      () => watch.screen().lines,
    )
    expect(watch.screen().lines.slice(0, 6)).toEqual([
      'TASK'.padEnd(id.length + 2) + 'STATUS',
      ...list
        .ids()
        .toSorted()
        .map((one) => `${one}  finish`),
    ])
    watch.screen().takeTouched()
    list.change(0, { BackupSetDownloadStatus: 'running' })
    await until(
      () => watch.screen().lines.includes(`${id}  running`),
      () => watch.screen().lines,
    )
    const changed = watch.screen().lines.indexOf(`${id}  running`)
    expect(
      watch
        .screen()
        .takeTouched()
        .filter((line) => line !== 6),
    ).toEqual([changed])
    watch.stop()
    expect(await watch.ended).toMatchObject({ exitCode: 130, stderr: '' })
    expect(watch.screen()).toMatchObject({ isAlternate: false, isCursorShown: true, doesWrap: true })
    expect(watch.screen().main).toContain(`${id}  running\n`)
  })

  test('a short screen shows the newest, and how many more there are', async () => {
    await using emulator = await emulatorOf(40)
    const watch = startWatch(['--plan', planOf(emulator), '--columns', 'created,id'], emulator, { rows: 6 })
    const lines = () => watch.screen().lines
    await until(() => lines().some((line) => line === '… and 37 more'), lines)
    const shown = lines().slice(1, 4)
    expect(shown).toEqual(shown.toSorted().toReversed())
    expect(lines()[5]).toMatch(/^40 tasks: .*; seen \d\d:\d\d:\d\d UTC, every 20ms$/)
    watch.resize(4, 30)
    await until(() => lines()[2] === '… and 39 more', lines)
    expect(lines()[3]).toHaveLength(30)
    expect(
      lines()
        .slice(0, 2)
        .every((line) => line.length <= 30),
    ).toBe(true)
    watch.resize(1, 30)
    await until(() => lines()[0]?.startsWith('40 tasks') === true, lines)
    watch.stop()
    await watch.ended
  })

  test.each([14, 20, 40, 67, 100])('no line is wider than a screen of %d columns, and ids are whole', async (columns) => {
    await using emulator = await emulatorOf()
    const planId = planOf(emulator)
    const watch = startWatch(['--plan', planId], emulator, { rows: 12 })
    await until(() => watch.text().includes('5 tasks'))
    const written = watch.text().length
    watch.resize(12, columns)
    await until(() => watch.text().slice(written).includes('5 tasks'.slice(0, columns)))
    watch.stop()
    await watch.ended
    const lines = watch.screen().main.split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
    for (const id of emulator.world.tasksOf(planId).ids()) expect(lines.some((line) => line.startsWith(id))).toBe(true)
  })

  test('the background gets a terminal as it was, and coming back draws anew', async () => {
    await using emulator = await emulatorOf()
    const watch = startWatch(['--plan', planOf(emulator)], emulator, { rows: 12 })
    await until(() => watch.text().includes('5 tasks'))
    await watch.attendant().onStop()
    expect(watch.screen()).toMatchObject({ isAlternate: false, isCursorShown: true, doesWrap: true })
    const written = watch.text().length
    emulator.world.tasksOf(planOf(emulator)).remove(0)
    const asked = emulator.requestCount
    await until(() => emulator.requestCount > asked + 4)
    expect(watch.text().length).toBe(written)
    watch.attendant().onContinue()
    await until(() => watch.text().length > written)
    expect(watch.screen()).toMatchObject({ isAlternate: true, isCursorShown: false })
    watch.stop()
    await watch.ended
  })

  test('what fails stands above the counts, until it is seen again', async () => {
    await using emulator = await emulatorOf()
    const watch = startWatch(['--plan', planOf(emulator), '--max-attempts', '1'], emulator, { rows: 12, random: () => 0 })
    await until(() => watch.text().includes('5 tasks'))
    emulator.play(outage)
    await until(() => watch.screen().lines.some((line) => line.startsWith('! cannot be seen now: ')))
    emulator.play({})
    await until(() => !watch.screen().lines.some((line) => line.startsWith('! ')))
    watch.stop()
    expect(await watch.ended).toMatchObject({ exitCode: 130, stderr: '' })
  })

  test('what DBS says of itself does not run the terminal', async () => {
    await using emulator = await emulatorOf(1)
    const planId = planOf(emulator)
    emulator.world.tasksOf(planId).change(0, { BackupSetDownloadTaskName: '\u001B[2J备份\u202Eabc' })
    const watch = startWatch(['--plan', planId, '--columns', 'name,id'], emulator, { rows: 5 })
    await until(
      () => watch.screen().lines[1]?.includes('备份') === true,
      () => watch.screen().lines,
    )
    expect(watch.screen().lines[1]).toContain(String.raw`\u001b[2J备份\u202eabc`)
    watch.stop()
    await watch.ended
  })

  test('what breaks leaves the terminal as it was', async () => {
    await using emulator = await emulatorOf()
    const written: string[] = []
    const stdout: Sink = {
      isTTY: true,
      width: () => 80,
      write: async (text) => {
        written.push(text)
        if (text.includes('TASK') && text.includes('\u001B[2J')) throw new Error('The screen broke.')
      },
    }
    const watch = startWatch(['--plan', planOf(emulator)], emulator, { rows: 12, stdout })
    const { exitCode, stderr } = await watch.ended
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('The screen broke.') as unknown })
    expect(written.at(-1)).toContain('\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l')
  })

  test('-o ndjson prints events there, too; --debug goes into a file', async () => {
    await using emulator = await emulatorOf()
    const planId = planOf(emulator)
    const watch = startWatch(['--plan', planId, '-o', 'ndjson'], emulator, { terminal: 80 })
    await until(() => emulator.requestCount >= 5)
    watch.stop()
    await watch.ended
    expect(watch.text()).toBe('')
    const { exitCode, stderr } = await startWatch(['--plan', planId, '--debug'], emulator, { rows: 12, terminal: 80 }).ended
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('2> debug.log') as unknown })
  })
})

test('--from shows the table of an export, the newest first', async () => {
  const stdin = ['2026-01-01', '2026-03-01', '2026-02-01']
    .map((day, at) => `${JSON.stringify({ backupSetDownloadTaskId: `t${at}`, backupSetDownloadCreateTime: `${day}T00:00:00.000Z` })}\n`)
    .join('')
  const { exitCode, stdout } = await backset(['watch', '--from', '-', '--columns', 'id'], undefined, { stdin })
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'TASK\nt1\nt2\nt0\n' })
  expect((await backset(['watch', '--from', '-', '-o', 'ndjson'], undefined, { stdin })).exitCode).toBe(2)
})

test('--dry-run shows the first request and sends none', async () => {
  await using emulator = await emulatorOf()
  const { exitCode, stdout } = await backset(['watch', '--plan', planOf(emulator), '--dry-run'], emulator)
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('DescribeBackupSetDownloadTaskList') as unknown })
  expect(emulator.requestCount).toBe(0)
})

test('-v says at the end who was asked', async () => {
  await using emulator = await emulatorOf()
  const argv = ['watch', '--plan', planOf(emulator), '--timeout', '100ms', '-v']
  expect((await backset(argv, emulator)).stderr).toMatch(/^asked: http:\/\/127\.0\.0\.1:\d+; keys: .*\n/)
})
