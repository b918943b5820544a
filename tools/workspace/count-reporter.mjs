import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @import { Reporter, TestModule, Vitest } from 'vitest/node' */
/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Writes what a test run counted to `test-counts.json` in the project. Vitest's own JSON report calls a run with a killed worker or a
 * lost rejection successful; here each of these is a failure, and so is a file that ended without one test of its own failing.
 *
 * @implements {Reporter}
 */
export default class CountReporter {
  #folder = process.cwd()

  /** @param {Vitest} vitest */
  onInit(vitest) {
    this.#folder = vitest.config.root
  }

  /**
   * @param {ReadonlyArray<TestModule>} modules
   * @param {ReadonlyArray<unknown>} errors
   */
  onTestRunEnd(modules, errors) {
    writeFileSync(join(this.#folder, 'test-counts.json'), `${JSON.stringify(countTests(modules, errors))}\n`)
  }
}

/**
 * @param {ReadonlyArray<TestModule>} modules
 * @param {ReadonlyArray<unknown>} errors what no test was to blame for: lost rejections, workers that died
 * @returns {Counts}
 */
export function countTests(modules, errors) {
  const counts = { passed: 0, failed: errors.length, skipped: 0 }
  for (const module of modules) {
    let failedHere = 0
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') counts.passed++
      else if (state === 'failed') failedHere++
      else counts.skipped++
    }
    const ended = module.state()
    counts.failed += failedHere === 0 && ended !== 'passed' && ended !== 'skipped' ? 1 : failedHere
  }
  return counts
}
