import { DbsError } from '@backset/core'

const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG']
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'its folder is a file',
  EEXIST: 'its folder is a file',
}

/** What went wrong with a ledger or a lock. */
export function stateError(path: string, error: unknown): DbsError {
  if (error instanceof DbsError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const isFull = fullCodes.includes(code)
  return new DbsError(
    isFull ? 'disk-full' : 'cannot-write',
    `${path} could not be written: ${isFull ? 'the disk is full' : (reasons[code] ?? code)}.`,
    {
      hint: isFull ? 'Make room on the disk of the exports.' : 'Name an output folder that you may write to.',
    },
  )
}
