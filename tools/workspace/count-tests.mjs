import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, readProjects } from './projects.mjs'
import { root } from './run.mjs'

const countFiles = () =>
  readProjects()
    .filter(({ packageJson }) => packageJson.scripts?.['test'] !== undefined)
    .map(({ folder }) => `${folder}/test-counts.json`)

/** Removes the counts of earlier runs, so that none is taken for this run's. */
export function forgetCounts() {
  for (const file of countFiles()) rmSync(join(root, file), { force: true })
}

/**
 * The counts of every project that has tests; one that left none counts as a failure.
 *
 * @returns {import('./count-reporter.mjs').Counts}
 */
export function sumCounts() {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const file of countFiles()) {
    /** @type {import('./count-reporter.mjs').Counts} */
    const counts = existsSync(join(root, file)) ? readJson(file) : { passed: 0, failed: 1, skipped: 0 }
    sum.passed += counts.passed
    sum.failed += counts.failed
    sum.skipped += counts.skipped
  }
  return sum
}
