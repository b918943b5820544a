import { DbsError } from '@backset/core'
import { exitCodes } from '@backset/settings'
import type { Sink } from './sink.js'

/** Whether errors are wanted as JSON: `-o json` or `-o ndjson` was said, on the command line or by BACKSET_OUTPUT. Read from the bare words, since a command line that cannot be parsed has errors too. */
export function wantsJsonErrors(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): boolean {
  let output = env['BACKSET_OUTPUT']
  argv.forEach((word, at) => {
    const [, joined] = /^(?:--output=|-o=?)(.+)$/.exec(word) ?? []
    if (joined !== undefined) output = joined
    else if (word === '-o' || word === '--output') output = argv[at + 1] ?? output
  })
  return /^(?:nd)?json$/i.test(output ?? '')
}

/** An error as the CLI speaks of it; one that is not ours is a fault of ours and says so without its stack. */
function ours(error: unknown): DbsError {
  if (error instanceof DbsError) return error
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new DbsError('internal', `backset failed in a way it should not: ${text}`, { hint: 'Please report it, with what you ran.' })
}

/** Says on stderr what happened, why and what to do; gives the exit code. */
export async function printFailure(error: unknown, stderr: Sink, asJson: boolean): Promise<number> {
  const failure = ours(error)
  const { message, serviceCode, requestId, attempts, hint, cursor } = failure
  const facts = [
    ['code', serviceCode === undefined ? failure.code : `${failure.code} (${serviceCode})`],
    ['request', requestId],
    ['attempts', attempts === undefined || attempts < 2 ? undefined : String(attempts)],
    ['hint', hint],
    ['go on', cursor === undefined ? undefined : `--cursor ${cursor}`],
  ].flatMap(([name, value]) => (value === undefined ? [] : `  ${name}: ${value}\n`))
  await stderr.write(
    asJson ? `${JSON.stringify({ error: failure })}\n` : `backset: ${message.replaceAll('\n', '\n         ')}\n${facts.join('')}`,
  )
  return exitCodes[failure.code]
}
