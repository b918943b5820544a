import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, toolPath } from '../run.mjs'

// Inside the clone, so that the files find vitest; dist is what lint and git look past.
const parent = join(root, 'tools/workspace/dist')
let project = ''

beforeAll(() => {
  mkdirSync(parent, { recursive: true })
  project = mkdtempSync(join(parent, 'counted-'))
  mkdirSync(join(project, 'src'))
})
afterAll(() => rmSync(project, { recursive: true }))

function count(source: string) {
  writeFileSync(join(project, 'src/a.test.ts'), `import { expect, test } from 'vitest'\n${source}`)
  rmSync(join(project, 'test-counts.json'), { force: true })
  const args = [toolPath('vitest'), 'run', '--root', project, '--config', join(root, 'vitest.config.ts')]
  const { status } = spawnSync(process.execPath, args, { cwd: project, stdio: 'ignore' })
  return { green: status === 0, ...JSON.parse(readFileSync(join(project, 'test-counts.json'), 'utf8')) }
}

test.each([
  [
    'passing and skipped tests are counted',
    `test('a', () => {}); test.skip('b', () => {})`,
    { green: true, passed: 1, failed: 0, skipped: 1 },
  ],
  ['a failing test is a failure', `test('a', () => expect(1).toBe(2)); test('b', () => {})`, { green: false, passed: 1, failed: 1 }],
  ['a throw at import is a failure', `test('a', () => {}); throw new Error('at import')`, { green: false, passed: 0, failed: 1 }],
  ['a missing import is a failure', `import './gone.js'; test('a', () => {})`, { green: false, passed: 0, failed: 1 }],
  ['a file without a test is a failure', ``, { green: false, passed: 0, failed: 1 }],
  ['a lost rejection is a failure', `test('a', () => { void Promise.reject(new Error('lost')) })`, { green: false, passed: 1, failed: 1 }],
  ['a killed worker is a failure', `test('a', () => { process.kill(process.pid, 'SIGKILL') })`, { green: false, passed: 0 }],
  ['a word on the console is a failure', `test('a', () => console.log('hi'))`, { green: false, passed: 0, failed: 1 }],
])('%s', (_title, source, counts) => {
  const counted = count(source)
  expect(counted).toMatchObject(counts)
  expect(counted.failed > 0).toBe(!counts.green)
})
