import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, lastJsonLine } from './backset.js'
import { hurriedClock } from './hurried-clock.js'
import { idOfTask, inStatus, planOf } from './tasks-of.js'

/** Every active task goes one state further whenever it was looked at. */
const byLooks = { moves: { by: 'looks', step: 1, which: 'all', end: 'finish' } } as const
const emulatorOf = () => startEmulator({ tasks: 60, plans: 1 })
const statuses = (stdout: string): readonly (string | undefined)[] =>
  (JSON.parse(stdout) as { backupSetDownloadStatus?: string }[]).map(({ backupSetDownloadStatus }) => backupSetDownloadStatus)

/** A task that has just been made. */
function freshTask(emulator: Emulator): string {
  const row = emulator.world.newTask(planOf(emulator))
  emulator.world.tasksOf(planOf(emulator)).insert(0, row)
  return String(row['BackupSetDownloadTaskId'])
}

const briefly = (...ids: readonly string[]) => ['wait', ...ids, '-o', 'json', '--timeout', '50ms', '--interval', '20ms']

describe('it waits', () => {
  test('for several tasks until all have finished', async () => {
    await using emulator = await emulatorOf()
    emulator.play(byLooks)
    const ids = [freshTask(emulator), freshTask(emulator), idOfTask(emulator, inStatus('finish'))]
    const ran = await backset(['wait', ...ids, '-o', 'id', '--interval', '10ms'], emulator)
    expect(ran).toEqual({ exitCode: 0, stdout: ids.map((id) => `${id}\n`).join(''), stderr: '' })
  })

  test('no further than it was told', async () => {
    await using emulator = await emulatorOf()
    emulator.play(byLooks)
    const { exitCode, stdout } = await backset(['wait', freshTask(emulator), '--until', 'schedule', '--interval', '10ms'], emulator)
    expect({ exitCode, statuses: statuses(stdout) }).toEqual({ exitCode: 0, statuses: ['schedule'] })
  })

  test('named with commas between', async () => {
    await using emulator = await startEmulator({ tasks: 30, plans: 1 })
    const ids = emulator.world
      .tasksOf(emulator.world.planIds[0] ?? '')
      .ids()
      .filter((id) => emulator.world.task(id)?.['BackupSetDownloadStatus'] === 'finish')
    const { exitCode, stdout } = await backset(['wait', `${ids[0]},${ids[1]}`, '-o', 'id'], emulator)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${ids[0]}\n${ids[1]}\n` })
  })

  test('and asks for a task that is named twice once', async () => {
    await using emulator = await emulatorOf()
    const id = idOfTask(emulator, inStatus('finish'))
    expect(statuses((await backset(['wait', id, id], emulator)).stdout)).toEqual(['finish'])
    expect(emulator.requestCount).toBe(1)
  })
})

describe('what does not come', () => {
  test.each(['stop', 'init'])('a task in %s ends it with 7, and is printed', async (status) => {
    await using emulator = await emulatorOf()
    const { exitCode, stdout, stderr } = await backset(['wait', idOfTask(emulator, inStatus(status)), '-o', 'json'], emulator)
    expect({ exitCode, statuses: statuses(stdout) }).toEqual({ exitCode: 7, statuses: [status] })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'task-failed', retryable: false } })
  })

  test('a task that is still running ends it with 6, and is printed', async () => {
    await using emulator = await emulatorOf()
    const argv = ['wait', idOfTask(emulator, inStatus('running')), '-o', 'json', '--timeout', '50ms', '--interval', '20ms']
    const { exitCode, stdout, stderr } = await backset(argv, emulator)
    expect({ exitCode, statuses: statuses(stdout) }).toEqual({ exitCode: 6, statuses: ['running'] })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'timed-out', hint: expect.stringContaining('--timeout') as string } })
  })

  test('a task that never appears ends it with 4, and nothing is printed', async () => {
    await using emulator = await emulatorOf()
    const { exitCode, stdout, stderr } = await backset(['wait', 'urx0000', '--timeout', '20ms'], emulator)
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
    expect(stderr).toContain('Task "urx0000" did not appear.')
  })

  test('7 goes before 6 before 4, each is told, the worst last', async () => {
    await using emulator = await emulatorOf()
    const [running, failed] = [idOfTask(emulator, inStatus('running')), idOfTask(emulator, inStatus('stop'))]
    const all = await backset(briefly(failed, 'urx0000', running), emulator)
    expect({ exitCode: all.exitCode, statuses: statuses(all.stdout) }).toEqual({ exitCode: 7, statuses: ['stop', 'running'] })
    const codes = all.stderr
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { error: { code: string } }).error.code)
    expect(codes.toSorted()).toEqual(['not-found', 'task-failed', 'timed-out'])
    expect(codes.at(-1)).toBe('task-failed')
    expect((await backset(briefly('urx0000', running), emulator)).exitCode).toBe(6)
  })

  test('a DBS that falls silent holds it no longer than its time', async () => {
    await using emulator = await emulatorOf()
    emulator.play({ rules: [{ nth: [2, 3, 4, 5, 6, 7, 8, 9], fault: { kind: 'hang' } }] })
    const argv = [
      'wait',
      idOfTask(emulator, inStatus('running')),
      '--timeout',
      '20s',
      '--attempt-timeout',
      '10m',
      '--request-timeout',
      '10m',
    ]
    const { exitCode, stdout, stderr } = await backset(argv, emulator, { clock: hurriedClock(50) })
    expect({ exitCode, statuses: statuses(stdout) }).toEqual({ exitCode: 6, statuses: ['running'] })
    expect(stderr).toContain('did not reach finish within 20 s; seen: running once.')
  })

  test('refused keys end it at once', async () => {
    await using emulator = await emulatorOf()
    const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'nobody' }
    expect(await backset(['wait', 'urx1', 'urx2'], emulator, { env })).toMatchObject({ exitCode: 3, stdout: '' })
  })
})

test.each([
  { argv: [], says: 'needs TASK_ID…' },
  { argv: ['urx1', '--until', 'stop'], says: '--until is "stop", but takes checking, check_pass, schedule, running, finish.' },
  { argv: ['urx1', '--interval', '0s'], says: '--interval is "0s", but it takes a duration above zero.' },
  { argv: ['urx1', '--region', 'cn-hangzhou,cn-beijing'], says: 'One endpoint cannot be asked for several regions' },
])('wait $argv is refused, unsent', async ({ argv, says }) => {
  await using emulator = await emulatorOf()
  const { exitCode, stdout, stderr } = await backset(['wait', ...argv], emulator)
  expect({ exitCode, stdout, requests: emulator.requestCount }).toEqual({ exitCode: 2, stdout: '', requests: 0 })
  expect(stderr).toContain(says)
})

describe('on a terminal', () => {
  test('it shows how far a task is, and about how long it will take', async () => {
    await using emulator = await emulatorOf()
    emulator.play({ moves: { by: 'looks', step: 2, which: 'all', end: 'finish' } })
    const id = freshTask(emulator)
    const { exitCode, stdout, stderr } = await backset(['wait', id], emulator, { terminal: 100, clock: hurriedClock(50) })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('finish')
    expect(stderr).toMatch(new RegExp(`${id}  checking  about \\w+ left`))
    expect(stderr.endsWith('\r\u001B[J')).toBe(true) // the line is gone before the table comes
    const lists = emulator.requests.filter(({ parameters }) => parameters['BackupPlanId'] !== undefined)
    expect(lists.length).toBeLessThanOrEqual(5)
  })

  test('that ended long ago it asks for nothing more', async () => {
    await using emulator = await emulatorOf()
    await backset(['wait', idOfTask(emulator, inStatus('finish'))], emulator, { terminal: 100 })
    expect(emulator.requestCount).toBe(1)
  })
})
