import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmulator } from '@backset/emulator'
import { loadCommands, parseArgs } from '@backset/settings'
import { expect, test } from 'vitest'
import { commands } from '../src/commands/index.js'
import { reportSchema } from '../src/config/report-schema.js'
import { fileSettings } from '../src/config/schema.js'
import { tempFolder } from './temp-folder.js'
import { environmentOf } from './world.js'

const page = fileURLToPath(new URL('../../../docs/reports.md', import.meta.url))
const bin = fileURLToPath(new URL('../bin/backset-report.js', import.meta.url))

interface FieldSchema {
  readonly description?: string
  readonly default?: string | number | boolean
  readonly type?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly items?: FieldSchema
}

test('the page names every field of the file', async () => {
  const { properties } = reportSchema() as { readonly properties: { readonly reports: { readonly items: FieldSchema } } }
  const rows = Object.entries(properties.reports.items.properties ?? {})
    .filter(([name]) => !Object.hasOwn(fileSettings, name))
    .map(([name, { description = '', default: fallback, enum: choices }]) => [
      `\`${name}\``,
      fallback === undefined ? '' : `\`${String(fallback)}\``,
      [description, choices?.map((choice) => `\`${choice}\``).join(', ')].filter(Boolean).join(': '),
    ])
  const text = await readFile(page, 'utf8')
  const made = table(['Field', 'Default', 'Meaning'], rows)
  await expect(text.replace(/<!-- fields -->\n[^]*?<!-- end -->/, () => `<!-- fields -->\n\n${made}\n\n<!-- end -->`)).toMatchFileSnapshot(
    page,
  )
})

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

/** Blocks of the page in their order: files to write, and commands to run. */
async function blocksOf(): Promise<readonly { readonly info: string; readonly text: string }[]> {
  const text = await readFile(page, 'utf8')
  return [...text.matchAll(/^```([^\n]*)\n([^]*?)^```$/gm)].map(([, info = '', block = '']) => ({ info, text: block }))
}

test('the recipes of the page do what it says', { timeout: 240_000 }, async () => {
  await using emulator = await startEmulator({ plans: 2, tasks: 60 })
  await using folder = await tempFolder()
  const env = { ...environmentOf(emulator), PATH: [await shims(folder.path), process.env['PATH']].join(delimiter), HOME: folder.path }
  let count = 0
  for (const { info, text } of await blocksOf()) {
    const [, file] = /^yaml (\S+)$/.exec(info) ?? []
    if (file !== undefined) await writeFile(join(folder.path, file), text)
    if (info !== 'sh run') continue
    count++
    const { code, stdout, stderr } = await bash(text, { cwd: folder.path, env })
    expect({ text, code, stderr }).toEqual({ text, code: 0, stderr: '' })
    expect(stdout.length, text).toBeGreaterThan(10)
  }
  expect(count).toBeGreaterThan(6)
  const lake = await readFile(join(folder.path, 'finance/downloads-2026-02.csv'), 'utf8')
  expect(lake.startsWith('\uFEFFbackupSetDownloadTaskId,')).toBe(true)
  expect(lake.split('\r\n').length).toBeGreaterThan(3)
})

/** A folder with the built command under its own name. */
async function shims(folder: string): Promise<string> {
  const path = join(folder, 'bin')
  await mkdir(path)
  await writeFile(join(path, 'backset-report'), `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`)
  await chmod(join(path, 'backset-report'), 0o755)
  return path
}

/** Runs lines of the page; the first that fails ends them. */
const bash = (lines: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const child = execFile('bash', ['--norc', '-euo', 'pipefail', '-c', lines], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    )
  })

test('every command line that is shown can be read', async () => {
  const loaded = await loadCommands(commands)
  const lines = (await blocksOf()).flatMap(({ info, text }) => {
    if (info === 'ini') return [...text.matchAll(/^ExecStart=\/usr\/bin\/backset-report (.*)$/gm)].map(([, line = '']) => line.split(' '))
    return [...text.matchAll(/command: \[backset-report, (.*)\]/g)].map(([, line = '']) => line.split(', '))
  })
  expect(lines).toHaveLength(3)
  for (const [name = '', ...argv] of lines) {
    const command = loaded.get(name)
    if (command === undefined) throw new Error(`There is no command ${name}.`)
    expect(parseArgs(argv, `backset-report ${name}`, command).words).toHaveLength(1)
  }
})

test('the help of every command shows lines that can be read', async () => {
  for (const [name, command] of await loadCommands(commands)) {
    for (const example of command.examples) {
      const [program, first, ...argv] = (example.split(/ [|>]/)[0] ?? '').split(' ')
      expect([program, first]).toEqual(['backset-report', name])
      expect(() => parseArgs(argv, example, command)).not.toThrow()
    }
  }
})
