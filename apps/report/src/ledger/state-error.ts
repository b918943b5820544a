import { DbsError } from '@backset/core'

const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG']
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'its folder is a file',
  EEXIST: 'its folder is a file',
  EISDIR: 'it is a folder',
}

const reasonOf = (code: string, what: 'read' | 'written'): string =>
  what === 'read' && (code === 'EACCES' || code === 'EPERM') ? 'you may not read it' : (reasons[code] ?? code)

/** What went wrong with a ledger or a lock: all but reading is writing. */
export function stateError(path: string, error: unknown, what: 'read' | 'written' = 'written'): DbsError {
  if (error instanceof DbsError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const isFull = fullCodes.includes(code)
  return new DbsError(
    isFull ? 'disk-full' : 'cannot-write',
    `${path} could not be ${what}: ${isFull ? 'the disk is full' : reasonOf(code, what)}.`,
    {
      hint: isFull ? 'Make room on the disk of the exports.' : 'Name an output folder that you may write to.',
    },
  )
}
