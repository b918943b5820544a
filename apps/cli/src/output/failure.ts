import { terminalLines } from '@backset/formats'
import { failureText, type FailureText } from '@backset/settings'
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

/** What is said of an error. It quotes words of the command line, of files and of DBS, which may be meant for the terminal rather than for its reader. */
export function ownFailure(error: unknown, asJson: boolean): FailureText {
  const { text, exitCode } = failureText(error, { program: 'backset', asJson })
  return { text: terminalLines(text), exitCode }
}

/** A warning, as safe. */
export const warningText = (text: string): string => terminalLines(`backset: warning: ${text}\n`)

/** Says on stderr what happened, why and what to do; gives the exit code. */
export async function printFailure(error: unknown, stderr: Sink, asJson: boolean): Promise<number> {
  const { text, exitCode } = ownFailure(error, asJson)
  await stderr.write(text)
  return exitCode
}
