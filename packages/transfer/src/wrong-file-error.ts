import { DbsError } from '@backset/core'

/** What came is not the file that was announced. */
export class WrongFileError extends DbsError {
  override readonly name = 'WrongFileError'

  constructor(
    message: string,
    hint = 'Fetch again. When it lasts, something between changes the bytes, or the file in the storage is broken.',
  ) {
    super('wrong-file', message, { hint })
  }
}
