import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const projectFolder = fileURLToPath(new URL('..', import.meta.url))
let folder = ''

// Beside the package, so that Node finds it by its name. A top-level await anywhere in core would break every program here.
beforeAll(async () => {
  folder = await mkdtemp(join(projectFolder, 'dist', 'commonjs-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function runCommonJs(source: string) {
  const file = join(folder, 'program.cjs')
  await writeFile(file, source)
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
  return { status, stdout: stdout.trim(), stderr }
}

test('a CommonJS program requires core without a warning', async () => {
  const source = `const { DbsClient } = require('@backset/core'); console.log(typeof DbsClient)`
  expect(await runCommonJs(source)).toEqual({ status: 0, stdout: 'function', stderr: '' })
})

test('require and import give the same classes', async () => {
  const source = `
    const { DbsError } = require('@backset/core')
    import('@backset/core').then((core) => console.log(String(core.DbsError === DbsError)))`
  expect(await runCommonJs(source)).toEqual({ status: 0, stdout: 'true', stderr: '' })
})

test('an error of core is caught by its code', async () => {
  const source = `
    const { DbsClient } = require('@backset/core')
    try { new DbsClient({ region: 'cn-hangzou', env: {} }).origin } catch (error) { console.log(error.code) }`
  expect(await runCommonJs(source)).toEqual({ status: 0, stdout: 'unknown-region', stderr: '' })
})
