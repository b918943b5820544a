// `npm test`: everything that must hold, from a bare clone on. Its last line is `N passed, N failed`, and a red run never says `0 failed`.
import { forgetCounts, sumCounts } from './count-tests.mjs'
import { installDebianPackages } from './debian-packages.mjs'
import { locked } from './lock.mjs'
import { root, run, runTool } from './run.mjs'
import { install } from './set-up.mjs'

/** @type {Readonly<Record<string, () => Promise<number>>>} */
const checks = {
  boundaries: () => run(process.execPath, ['tools/workspace/boundaries.mjs']),
  'unused code': () => runTool('knip', []),
  format: () => runTool('oxfmt', ['--check']),
}

await install()
await locked(root, 'run', async () => {
  forgetCounts()
  const lacking = await installDebianPackages()
  const tasks = await runTool('nx', ['run-many', '-t', 'lint', 'typecheck', 'build', 'test', '--parallel=3', '--outputStyle=static'])

  const failedChecks = []
  for (const [name, check] of Object.entries(checks)) if ((await check()) !== 0) failedChecks.push(name)

  const { passed, failed, skipped } = sumCounts()
  if (tasks !== 0 && failed === 0) failedChecks.unshift('lint, types or build')
  const allFailed = failed + failedChecks.length

  if (failedChecks.length > 0) console.log(`\nFailed beside the tests: ${failedChecks.join('; ')}`)
  if (lacking !== undefined) console.log(`\n${lacking}`)
  if (skipped > 0) console.log(`\n${skipped} skipped`)
  console.log(`\n${passed} passed, ${allFailed} failed`)
  process.exitCode = allFailed === 0 ? 0 : 1
})
