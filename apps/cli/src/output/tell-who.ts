import type { DbsClient } from '@backset/core'
import type { Session } from '../session.js'

/** Says on stderr who was asked and where the keys came from, when that is wanted. Where the format is JSON by name it is JSON too. */
export async function tellWho(
  { origin, credentialsSource }: DbsClient,
  { format, formatNamed, stderr }: Session,
  wanted = false,
): Promise<void> {
  if (!wanted) return
  const asJson = formatNamed && (format === 'json' || format === 'ndjson')
  await stderr.write(
    asJson
      ? `${JSON.stringify({ asked: { origin, credentials: credentialsSource } })}\n`
      : `asked: ${origin}; keys: ${credentialsSource}\n`,
  )
}
