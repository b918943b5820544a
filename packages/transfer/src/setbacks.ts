import type { DbsError } from '@backset/core'
import { WrongFileError } from './wrong-file-error.js'

// What a request for a file can meet that is no end of the work; fetch-ranges.ts says what follows. Only `NoLength` leaves this package, when nothing follows.

/** The host refuses the link: it has expired, or the file is not there. */
export class StaleLink extends Error {
  override readonly name = 'StaleLink'
  readonly httpStatus: number

  /** @param word the host's own, as `AccessDenied` */
  constructor(httpStatus: number, word: string | undefined) {
    super(`HTTP ${httpStatus}${word === undefined ? '' : ` (${word})`}`)
    this.httpStatus = httpStatus
  }
}

/** The file is another one than that which the bytes so far belong to. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged'
}

/** Ranges cannot be had, or cannot be bound to one file: it ignores Range, or gives no strong ETag. */
export class NoRanges extends Error {
  override readonly name = 'NoRanges'
}

/** All of the file would come, of a length that is not announced. An answer to a range says it. */
export class NoLength extends WrongFileError {
  constructor(host: string) {
    super(`${host} does not say how long the file is, so nobody could tell when it is whole.`, {
      hint: 'Ask whoever runs that host: it sends neither Content-Length nor ranges.',
      spoilt: false,
    })
  }
}

/** A stream that cannot be gone on with, since nothing tells that the rest is of the same file, was cut off. */
export class StreamCut extends Error {
  override readonly name = 'StreamCut'
  override readonly cause: DbsError

  constructor(cause: DbsError) {
    super('The stream was cut off.')
    this.cause = cause
  }
}
