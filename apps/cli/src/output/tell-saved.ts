import { terminalCell } from '@backset/formats'
import type { SavedCounts } from '../saved/open-saved.js'
import type { Session } from '../session.js'

/** Says on stderr, where a proof would stand, that rows come from a file and how many there were. Where the format is JSON by name it is JSON too. */
export async function tellSaved(
  from: string,
  counts: SavedCounts,
  { format, formatNamed, stderr }: Session,
  verbose: boolean,
): Promise<void> {
  if (!verbose && !stderr.isTTY) return
  const asJson = formatNamed && (format === 'json' || format === 'ndjson')
  const name = from === '-' ? 'stdin' : from
  const { rows, matched } = counts
  await stderr.write(
    asJson
      ? `${JSON.stringify({ saved: { from: name, ...counts } })}\n`
      : `saved: ${rows} ${rows === 1 ? 'task' : 'tasks'} of ${terminalCell(name)}, ${matched} matched; DBS was not asked\n`,
  )
}
