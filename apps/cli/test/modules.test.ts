import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { runCommand } from './process.js'
import { tempFolder } from './temp-folder.js'

// What a command loads is what it is waited for. The bundle mixes packages within its files, so a package is known by words that only it has.

const app = fileURLToPath(new URL('..', import.meta.url))
const marks = { undici: 'UND_ERR_', zod: 'invalid_union', yaml: 'BLOCK_FOLDED', xml: 'stopNodes', jmespath: 'not_null' }

/** The files of ours that a command loads, and the packages in them. */
async function loadedBy(argv: readonly string[], emulator?: Emulator) {
  await using folder = await tempFolder()
  const record = join(folder.path, 'modules')
  const recorder = fileURLToPath(new URL('record-modules.mjs', import.meta.url))
  const { exit } = await runCommand(argv, emulator, { RECORD_MODULES: record, NODE_OPTIONS: `--import ${recorder}` })
  expect(exit).toBe(0)
  const urls = (await readFile(record, 'utf8')).split('\n').filter((url) => url.startsWith('file:') && !url.endsWith('record-modules.mjs'))
  const files = urls.map((url) => relative(app, fileURLToPath(url)))
  const texts = await Promise.all(files.map((file) => readFile(join(app, file), 'utf8')))
  return {
    files,
    packages: Object.entries(marks).flatMap(([name, mark]) => (texts.some((text) => text.includes(mark)) ? [name] : [])),
  }
}

test('--version loads nothing beyond the entry', async () => {
  expect((await loadedBy(['--version'])).files).toEqual(['bin/backset.js', 'dist/main.js'])
})

test.each([
  ['--help'],
  ['list', '--help'],
  ['plans', '-h'],
  ['watch', '-h'],
  ['doctor', '-h'],
  ['probe', '-h'],
  ['call', '-h'],
  ['completion', 'bash'],
])('backset %s %s loads no package', async (...argv) => {
  expect((await loadedBy(argv)).packages).toEqual([])
})

test('a list loads what it needs, and each format its own', async () => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  const list = ['list', '--plan', emulator.world.planIds[0] ?? '']
  expect((await loadedBy([...list, '-o', 'json'], emulator)).packages).toEqual(['undici', 'zod'])
  expect((await loadedBy([...list, '-o', 'yaml', '--wire', 'xml', '--query', '[]'], emulator)).packages).toEqual(Object.keys(marks))
})
