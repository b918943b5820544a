/** One request as it arrived and what it was told. */
export interface RequestRecord {
  /** As sent; `GetFile` for a file behind a link, empty where none was named. */
  readonly action: string
  /** The operation's own and Format and RegionId; never a key, token or signature. */
  readonly parameters: Readonly<Record<string, string>>
  readonly method: string
  readonly signature: 'v3' | 'v1' | 'none'
  /** 0 where no answer was given: the connection was reset or hung. */
  readonly httpStatus: number
  /** The `Code` or `ErrCode` of a refusal. */
  readonly serviceCode?: string
  /** Epoch milliseconds of the emulator's clock. */
  readonly at: number
}

const mostKept = 20_000

/** The last requests, and how many there were in all. */
export class Recorder {
  #records: RequestRecord[] = []
  #total = 0

  /** Every request since the start, those no longer kept included. */
  get total(): number {
    return this.#total
  }

  /** The last 20,000, oldest first. */
  get records(): readonly RequestRecord[] {
    return this.#records.slice(-mostKept)
  }

  add(record: RequestRecord): void {
    this.#total += 1
    this.#records.push(record)
    if (this.#records.length >= 2 * mostKept) this.#records = this.#records.slice(-mostKept)
  }
}
