import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmulator, type Emulator } from '@backset/emulator'
import { exitCodes, failIfHeld, loadCommands } from '@backset/settings'
import { expect, test } from 'vitest'
import { commands } from '../src/commands/index.js'
import { environmentOf } from './backset.js'
import { bin, cleanEnvironment } from './process.js'
import { fetchableIds, planOf } from './tasks-of.js'
import { tempFolder } from './temp-folder.js'

const page = fileURLToPath(new URL('../../../docs/cli.md', import.meta.url))
const loaded = await loadCommands(commands)

const meanings: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'DBS refused or failed',
  2: 'the command line or a setting is wrong, or an export cannot be read or written',
  3: 'no keys, refused keys, or no permission',
  4: 'not found, or nothing to fetch',
  5: 'the listing could not be proved complete',
  6: '`--timeout` is over',
  7: 'a task failed that was waited for',
  8: 'DBS, or the host of a file, could not be reached',
  9: 'the file is not what was announced, or does not fit on the disk',
  [failIfHeld]: '`--fail-if` held',
  130: 'interrupted',
}

test('the page names every command and exit code', async () => {
  const rows = [...loaded].map(([name, { summary, usage = '' }]) => [
    `\`backset ${`${name} ${usage.replaceAll('|', String.raw`\|`)}`.trim()}\``,
    summary,
  ])
  const codes = Object.entries(meanings).map(([code, meaning]) => [code, meaning])
  expect(Object.keys(meanings).map(Number)).toEqual(expect.arrayContaining([...new Set(Object.values(exitCodes))]))
  const written = [
    ['commands', table(['Command', 'What it does'], rows)],
    ['exit codes', table(['Code', 'Meaning'], codes)],
  ].reduce(
    (all, [mark, made]) =>
      all.replace(new RegExp(`<!-- ${mark} -->\n[^]*?<!-- end -->`), () => `<!-- ${mark} -->\n\n${made}\n\n<!-- end -->`),
    await readFile(page, 'utf8'),
  )
  await expect(written).toMatchFileSnapshot(page) // `vitest run -u` writes it anew
})

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

/** The lines of the page that are run, block by block. */
async function blocksOf(): Promise<readonly string[]> {
  return [...(await readFile(page, 'utf8')).matchAll(/^```sh run\n([^]*?)^```$/gm)].map(([, block = '']) => block)
}

test('every command of the page runs, and every command is on it', { timeout: 240_000 }, async () => {
  await using emulator = await startEmulator({ tasks: 60, plans: 2 })
  await using folder = await tempFolder()
  const env = await environmentFor(emulator, folder.path)
  const blocks = await blocksOf()
  for (const name of loaded.keys())
    expect(
      blocks.some((block) => new RegExp(`(?:^|[| ])backset ${name}\\b`, 'm').test(block)),
      name,
    ).toBe(true)
  for (const block of blocks) {
    for (const line of block.trimEnd().split('\n')) {
      const { code, stdout, stderr } = await bash(line, { cwd: folder.path, env })
      expect({ line, code, stderr: code === 0 ? '' : stderr, isSilent: stdout === '' }).toEqual({
        line,
        code: 0,
        stderr: '',
        isSilent: isSilent(line),
      })
    }
  }
  expect(await readFile(join(folder.path, 'tasks.csv'), 'utf8')).toMatch(/^backupSetDownloadTaskId,/)
  expect(await readFile(join(folder.path, 'backups', `${env['TASK']}.tar.gz.manifest.json`), 'utf8')).toContain('"sha256"')
})

/** Whether a line prints nothing, as it should: it writes a file, or finds nothing. */
const isSilent = (line: string): boolean => /--out |>|--fail-if/.test(line)

/** A shell in which `backset` is the built command, and the page's variables name what the emulator has. */
async function environmentFor(emulator: Emulator, folder: string): Promise<NodeJS.ProcessEnv> {
  const { world } = emulator
  const [task = ''] = fetchableIds(emulator)
  const tasks = world.tasksOf(planOf(emulator))
  const row = [...tasks].find((one) => one['BackupSetDownloadTaskId'] === task)
  if (row === undefined) throw new Error('The seed has no task to fetch.')
  tasks.remove(tasks.indexOf(task))
  tasks.insert(0, row)
  const path = join(folder, 'bin')
  await mkdir(path)
  await writeFile(join(path, 'backset'), `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`)
  await chmod(join(path, 'backset'), 0o755)
  return {
    ...cleanEnvironment(emulator),
    ...environmentOf(emulator),
    PATH: [path, process.env['PATH']].join(delimiter),
    PLAN: planOf(emulator),
    TASK: task,
    BACKUP_SET: world.ids.write({ kind: 'full-set', plan: 0, index: 1 }),
    JOB: world.ids.write({ kind: 'increment-job', plan: 0, index: 0 }),
    LOG_FILE: 'mysql-bin.000054',
  }
}

/** Runs a line of the page. */
const bash = (line: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const child = execFile('bash', ['--norc', '-euo', 'pipefail', '-c', line], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    )
  })
