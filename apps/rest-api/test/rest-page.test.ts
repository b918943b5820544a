import { execFile } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeFullBackupList, DbsClient } from '@backset/core'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { scopes } from '../src/auth/caller.js'
import { ownSettings } from '../src/settings.js'
import { startApi } from './api.js'
import { makeKeys } from './keys.js'

const page = fileURLToPath(new URL('../../../docs/rest.md', import.meta.url))

test('the page names every setting and metric', async () => {
  const registry = new Registry()
  await using api = await startApi({}, {}, { registry })
  await api.get('/livez')
  const settings = Object.entries(ownSettings as Record<string, (typeof ownSettings)[keyof typeof ownSettings] & Defaults>).map(
    ([name, { flag, kind, variable, summary, default: text, defaultNote }]) => [
      `\`--${flag} ${kind.takes.replaceAll('|', String.raw`\|`)}\``,
      `\`${variable}\``,
      `\`${name}\``,
      text === undefined ? (defaultNote ?? '') : `\`${text}\``,
      summary,
    ],
  )
  const metrics = (await registry.getMetricsAsJSON()).map(({ name, help }) => [`\`${name}\``, help])
  const text = await readFile(page, 'utf8')
  const written = [
    ['settings', table(['Flag', 'Variable', 'File key', 'Default', 'Meaning'], settings)],
    ['metrics', table(['Metric', 'What it counts'], metrics)],
  ].reduce(
    (all, [mark, made]) =>
      all.replace(new RegExp(`<!-- ${mark} -->\n[^]*?<!-- end -->`), () => `<!-- ${mark} -->\n\n${made}\n\n<!-- end -->`),
    text,
  )
  await expect(written).toMatchFileSnapshot(page) // `vitest run -u` writes it anew
})

interface Defaults {
  readonly default?: string
  readonly defaultNote?: string
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

test('the commands of the page do what it says', async () => {
  const keys = await makeKeys()
  const folder = await mkdtemp(join(tmpdir(), 'backset-page-')) // what a command writes lands here
  await using api = await startApi({ keys: keys.file })
  const { world, url: endpoint, accessKeyId, accessKeySecret } = api.emulator
  const [planId = ''] = world.planIds
  await using client = new DbsClient({ endpoint, credentials: { accessKeyId, accessKeySecret } })
  const { items: backups } = await client.send(describeFullBackupList, { backupPlanId: planId, pageNum: 0, pageSize: 30 })
  let taskId = ''
  for await (const task of client.listDownloadTasks({ backupPlanId: planId })) {
    if (task.state === 'done' && task.backupSetDownloadInternetUrl !== undefined) taskId = task.backupSetDownloadTaskId
  }
  const env = {
    API: api.url,
    KEY: await keys.add(scopes),
    PLAN: planId,
    TASK: taskId,
    BACKUP: backups[0]?.backupSetId ?? '',
    PATH: process.env['PATH'],
  }
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/^```sh run( stream)?\n([^]*?)^```$/gm)]
  expect(blocks.length).toBeGreaterThan(4)
  for (const [, isStream, block = ''] of blocks) {
    for (const command of block.split(/\n(?=curl)/)) {
      const { stdout, code } = await ask(command, folder, env)
      // curl ends a stream itself, by its time.
      expect({ command, code: isStream === undefined ? code : 0 }).toEqual({ command, code: 0 })
      expect(stdout.length, command).toBeGreaterThan(10)
    }
  }
}, 120_000)

/** Runs a line of the page; its exit code, with what it printed. */
const ask = (command: string, cwd: string, env: NodeJS.ProcessEnv) =>
  new Promise<{ readonly stdout: string; readonly code: number }>((resolve) => {
    const child = execFile('bash', ['-c', command], { cwd, env }, (_error, stdout) => resolve({ stdout, code: child.exitCode ?? 1 }))
  })
