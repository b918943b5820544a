import { createHash } from 'node:crypto'

/**
 * How much later than due a run starts, in [0, jitterMs). It follows from report and due time, so that all schedulers of one configuration agree on it, and a
 * restart does not draw again.
 */
export function jitterOf(report: string, due: number, jitterMs: number): number {
  const share = createHash('sha256').update(`${report}\n${due}`).digest().readUInt32BE() / 2 ** 32
  return Math.floor(share * jitterMs)
}
