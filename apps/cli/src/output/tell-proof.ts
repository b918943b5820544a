import type { Proof } from '@backset/core'
import type { Session } from '../session.js'
import { isNews, proofLine } from './proof-line.js'

/**
 * Says on stderr how a listing was proved: on a terminal, when asked, and whenever the list moved or is not whole. Where the format is JSON by name it is JSON too.
 * @param label tells several listings apart
 */
export async function tellProof(
  proof: Proof,
  label: string | undefined,
  { format, formatNamed, stderr }: Session,
  verbose: boolean,
): Promise<void> {
  if (!verbose && !stderr.isTTY && !isNews(proof)) return
  const asJson = formatNamed && (format === 'json' || format === 'ndjson')
  await stderr.write(asJson ? `${JSON.stringify({ ...(label !== undefined && { of: label }), proof })}\n` : proofLine(proof, label))
}
