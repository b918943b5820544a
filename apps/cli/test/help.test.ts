import { join } from 'node:path'
import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { loadCommands } from '@backset/settings'
import type { Command } from '../src/command.js'
import { commands } from '../src/commands/index.js'
import { backset } from './backset.js'
import { runShell } from './process.js'
import { tempFolder } from './temp-folder.js'

const loaded = await loadCommands(commands)
const names = [...loaded.keys()]
const groups = Object.entries(commands).flatMap(([name, entry]) => ('commands' in entry ? [name] : []))

test('the general help is as it was', async () => {
  const { exitCode, stdout, stderr } = await backset(['--help'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatchSnapshot()
})

test.each([...names, ...groups])('the help of %s is as it was', async (name) => {
  const { exitCode, stdout, stderr } = await backset([...name.split(' '), '--help'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatchSnapshot()
})

test.each([[], ['help'], ['-h']])('the general help comes with "%s"', async (...argv) => {
  expect(await backset(argv)).toEqual(await backset(['--help']))
})

test.each([
  ['help', 'list'],
  ['list', '-h'],
  ['list', '--plan', 'x', '--help'],
])('the help of list comes with %s %s', async (...argv) => {
  expect(await backset(argv)).toEqual(await backset(['list', '--help']))
})

test('the word version leads to the flag', async () => {
  expect(await backset(['version'])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('Did you mean backset --version?') as string,
  })
})

test('a help of nothing names what is near', async () => {
  expect(await backset(['help', 'lists'])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('backset list?') as string,
  })
})

/** The lines under "Examples:". */
const examplesIn = (help: string): string[] =>
  (/Examples:\n((?: {2}.*\n)+)/.exec(help)?.[1] ?? '').split('\n').flatMap((line) => (line === '' ? [] : [line.trim()]))

/** Puts a task whose file can be fetched at the head of its list. */
function putFetchableFirst({ world, url }: Emulator): void {
  const tasks = world.tasksOf(world.planIds[0] ?? '')
  const row = [...tasks].find(({ BackupSetDownloadInternetUrl: link }) => String(link).startsWith(`${url}/files/`))
  if (row === undefined) throw new Error('The seed has no plain link.')
  tasks.remove(tasks.indexOf(String(row['BackupSetDownloadTaskId'])))
  tasks.insert(0, row)
}

/** An example as it runs here: its ids are those of the emulator, and the emulator stands for every region. */
const runnable = (example: string, { world }: Emulator): string => {
  const plan = world.planIds[0] ?? ''
  return example
    .replaceAll('dbs1hvb0wxxxxxx', plan)
    .replaceAll('1hxxxx8xxxxxa', world.ids.write({ kind: 'full-set', plan: 0, index: 1 }))
    .replaceAll('1jxxxx4xxxxxq', world.ids.write({ kind: 'increment-job', plan: 0, index: 0 }))
    .replaceAll('urxgrxt7xxxx', world.tasksOf(plan).ids()[0] ?? '')
    .replace(/ --region \S+/, '')
    .replaceAll(/(^|<\(|\| )backset /g, '$1$backset ')
    .replace(/^\S+ watch (?!--from).*/, 'timeout --preserve-status -s INT 2 $&; test $? = 130') // only an interruption ends it
}

/** An earlier `-o ndjson`. */
const exportOf = ({ world }: Emulator): string =>
  world
    .tasksOf(world.planIds[0] ?? '')
    .ids()
    .map((id) => `${JSON.stringify({ backupSetDownloadTaskId: id, backupSetDownloadStatus: 'finish' })}\n`)
    .join('')

describe('every example of a help runs', () => {
  test.each(['', ...names, ...groups])('of backset %s', async (name) => {
    await using emulator = await startEmulator({ tasks: 60, plans: 2 })
    putFetchableFirst(emulator)
    const { stdout: help } = await backset([...name.split(' ').filter(Boolean), '--help'])
    const examples = examplesIn(help)
    expect(examples.length).toBeGreaterThan(1)
    for (const example of examples) {
      await using folder = await tempFolder({ '.config/fish/completions/x': '', 'tasks.ndjson': exportOf(emulator) })
      const line = `cd ${folder.path}; fpath=(unused ${folder.path}); ${runnable(example, emulator)}`
      const env = { HOME: folder.path, fpath: folder.path }
      const stderr = name === 'probe' ? (expect.stringMatching(/^(?:The probe reads|\{"requests"|$)/) as string) : ''
      expect(await runShell(line, emulator, env), line).toMatchObject({ exit: 0, stderr })
    }
    if (name === 'call' || !loaded.has(name)) return
    const { actions } = loaded.get(name) as Command
    const called = emulator.requests.flatMap(({ action }) => (action === 'GetFile' || action === '' ? [] : [action]))
    expect(actions, 'what the command may call').toEqual(expect.arrayContaining(called))
  })

  test('and the one with --out leaves its file', async () => {
    await using emulator = await startEmulator({ tasks: 60, plans: 1 })
    await using folder = await tempFolder()
    const file = join(folder.path, 'tasks.csv')
    const { exit } = await runShell(`$backset list --all-plans -o csv --out ${file} && grep -c , ${file}`, emulator)
    expect(exit).toBe(0)
  })
})
