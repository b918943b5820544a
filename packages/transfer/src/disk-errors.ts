import { DbsError } from '@backset/core'

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** What a failed write is told as; an error of ours stays as it is. */
export function diskErrorOf(error: unknown, path: string): DbsError {
  if (error instanceof DbsError) return error
  const word = systemWord(error)
  if (word !== undefined && full.has(word))
    return new DbsError('disk-full', `There is no room left for ${path} (${word}).`, {
      hint: 'Make room, or choose another folder; a second run goes on where this one stopped.',
    })
  return new DbsError('cannot-write', `${path} cannot be written: ${word ?? 'unknown'}.`, {
    hint:
      word === 'ENOTDIR'
        ? 'What should be a folder there is a file: choose another folder.'
        : 'Choose another folder, or make this one writable.',
  })
}

/** As `ENOENT`; undefined for what is no error of the system. */
export const systemWord = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The value, or `instead` where there is no such file. */
export async function unlessMissing<Value, Instead>(work: Promise<Value>, instead: Instead): Promise<Value | Instead> {
  try {
    return await work
  } catch (error) {
    if (systemWord(error) === 'ENOENT') return instead
    throw error
  }
}
