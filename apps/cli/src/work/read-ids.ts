import { abortErrorOf } from '@backset/core'

/** Ids as they were named, apart or with commas between, each once. */
export const idsIn = (words: readonly string[]): readonly string[] => [
  ...new Set(words.flatMap((word) => word.split(',').filter((id) => id !== ''))),
]

/** The same; in the place of `-` stand those that are piped in, one a line. */
export async function readIds(
  words: readonly string[],
  stdin: (signal: AbortSignal) => AsyncIterable<string>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids = idsIn(words)
  if (!words.includes('-')) return ids
  let text = ''
  try {
    for await (const more of stdin(signal)) text += more
  } catch (error) {
    throw signal.aborted ? abortErrorOf(signal) : error
  }
  const piped = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  return [...new Set(ids.flatMap((word) => (word === '-' ? piped : [word])))]
}
