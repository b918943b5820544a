import type { DownloadTask, Listing, ListOptions } from '@backset/core'
import { ApiError } from '../api-error.js'
import type { Source } from './source.js'

/** Reads the tasks of a source from DBS. */
type List = (source: Source, options: ListOptions<DownloadTask>) => Listing<DownloadTask>

const atOnce = 4

/** Lists that do not fit into the store: each reader has a walk of its own, so few are read at once. */
export class PastTheStore {
  readonly list: List
  readonly #most: number
  #readers = 0

  constructor(list: List, most = atOnce) {
    this.list = list
    this.#most = most
  }

  /**
   * Takes a place, until it is given back.
   * @throws ApiError `too-many-readers` when all are taken
   */
  enter(): Disposable {
    if (this.#readers >= this.#most) {
      throw new ApiError(
        'too-many-readers',
        `This server streams ${this.#most} lists at once that are larger than it keeps, and as many are read now.`,
        {
          hint: 'Ask again after Retry-After, when another stream has ended, or ask another server.',
        },
      )
    }
    this.#readers++
    let isHere = true
    return {
      [Symbol.dispose]: () => {
        if (isHere) this.#readers--
        isHere = false
      },
    }
  }
}
