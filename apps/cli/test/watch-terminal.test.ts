import { startEmulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { runInTerminal } from './run-in-terminal.js'
import { tempFolder } from './temp-folder.js'
import { planOf } from './tasks-of.js'

// The built command in a terminal that the kernel gives it.

const enters = '\u001B[?1049h'
const leaves = '\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l'
const drawn = ['see', '; seen '] as const

const watchOf = (planId: string, ...more: readonly string[]) => ['watch', '--plan', planId, '--interval', '100ms', ...more]

/** Whether everything that was taken was given back, and in this order. */
const isGivenBack = (output: string): boolean => output.lastIndexOf(leaves) > output.lastIndexOf(enters) && output.includes(enters)

describe('the terminal is clean', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 130],
  ] as const)('after %s', async (name, exit) => {
    await using emulator = await startEmulator({ tasks: 5, plans: 1 })
    const ran = await runInTerminal(watchOf(planOf(emulator)), emulator, { steps: [drawn, ['signal', name]] })
    expect({ exit: ran.exit, isGivenBack: isGivenBack(ran.output) }).toEqual({ exit, isGivenBack: true })
    expect(ran.output.slice(ran.output.lastIndexOf(leaves))).toContain('5 tasks')
  })

  test('after Ctrl-C', async () => {
    await using emulator = await startEmulator({ tasks: 5, plans: 1 })
    const ran = await runInTerminal(watchOf(planOf(emulator)), emulator, { steps: [drawn, ['write', '\u0003']] })
    expect({ exit: ran.exit, isGivenBack: isGivenBack(ran.output) }).toEqual({ exit: 130, isGivenBack: true })
  })

  test('after its time, and the message stands below the table', async () => {
    await using emulator = await startEmulator({ tasks: 5, plans: 1 })
    const ran = await runInTerminal(watchOf(planOf(emulator), '--timeout', '1500ms'), emulator, { steps: [drawn] })
    expect({ exit: ran.exit, isGivenBack: isGivenBack(ran.output) }).toEqual({ exit: 6, isGivenBack: true })
    expect(ran.output.slice(ran.output.lastIndexOf(leaves))).toMatch(/5 tasks[^]*code: timed-out/)
  })

  test('while it is stopped, and drawn anew when it goes on', async () => {
    await using emulator = await startEmulator({ tasks: 5, plans: 1 })
    const ran = await runInTerminal(watchOf(planOf(emulator)), emulator, {
      steps: [drawn, ['signal', 'SIGTSTP'], ['stopped'], ['signal', 'SIGCONT'], ['see', enters], drawn, ['signal', 'SIGINT']],
    })
    expect({ exit: ran.exit, isGivenBack: isGivenBack(ran.output) }).toEqual({ exit: 130, isGivenBack: true })
    const first = ran.output.indexOf(leaves)
    expect(ran.output.lastIndexOf(enters)).toBeGreaterThan(first)
    expect(ran.output.slice(first + leaves.length, ran.output.lastIndexOf(enters))).toBe('')
  })

  test('when the process breaks in the middle', async () => {
    await using emulator = await startEmulator({ tasks: 5, plans: 1 })
    await using folder = await tempFolder({ 'break.mjs': "setTimeout(() => { throw new Error('broken') }, 1500)" })
    const ran = await runInTerminal(watchOf(planOf(emulator)), emulator, {
      steps: [drawn],
      env: { NODE_OPTIONS: `--import ${folder.path}/break.mjs` },
    })
    expect({ failed: ran.exit > 0, isGivenBack: isGivenBack(ran.output) }).toEqual({ failed: true, isGivenBack: true })
    expect(ran.output).toContain('Error: broken')
  })
})

test('a new size is drawn for', async () => {
  await using emulator = await startEmulator({ tasks: 30, plans: 1 })
  const ran = await runInTerminal(watchOf(planOf(emulator)), emulator, {
    rows: 50,
    steps: [drawn, ['resize', 10, 60], ['see', '… and 23 more'], ['resize', 5, 20], ['see', '… and 28 more'], ['signal', 'SIGINT']],
  })
  expect(ran.exit).toBe(130)
})

test('COLUMNS and LINES go before the size that is', async () => {
  await using emulator = await startEmulator({ tasks: 30, plans: 1 })
  const ran = await runInTerminal(watchOf(planOf(emulator)), emulator, {
    rows: 50,
    env: { COLUMNS: '40', LINES: '6' },
    steps: [
      ['see', '… and 27 more'],
      ['signal', 'SIGINT'],
    ],
  })
  expect(ran.exit).toBe(130)
})

test.each([
  [{ COLUMNS: '70' }, (widest: number) => widest <= 70],
  [{}, (widest: number) => widest > 80],
])('a list is as wide as the terminal or COLUMNS say: %j', async (env, holds) => {
  await using emulator = await startEmulator({ tasks: 10, plans: 1 })
  const { output } = await runInTerminal(['list', '--plan', planOf(emulator), '-o', 'table'], emulator, {
    columns: 100,
    steps: [],
    env: { NO_COLOR: '1', ...env },
  })
  const rows = output.split('\r\n').filter((line) => /^ur\w+/.test(line))
  expect(rows.length).toBeGreaterThan(0)
  expect(holds(Math.max(...rows.map((line) => line.length)))).toBe(true)
})
