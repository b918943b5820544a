import { cpus, loadavg, totalmem } from 'node:os'
import { mebibytes } from './measure.js'

/** What the figures were taken on; the load tells whether it had something else to do. */
export function describeMachine(): string {
  const cores = cpus()
  const load = loadavg()[0]?.toFixed(2) ?? '?'
  return `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, ${mebibytes(totalmem())}, ${process.platform} ${process.arch}, Node ${process.versions.node}, load ${load}`
}
