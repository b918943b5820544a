import { DbsError } from '@backset/core'

/** More of them tell nothing new: a file of another format has a fault a row. */
const mostFaults = 20

/** What is wrong with one thing, as whole sentences. */
export class Faults {
  readonly #told: string[] = []
  #untold = 0

  get all(): readonly string[] {
    return this.#untold === 0 ? this.#told : [...this.#told, `And ${this.#untold} more.`]
  }

  add(sentence: string): void {
    if (this.#told.length < mostFaults) this.#told.push(sentence)
    else this.#untold++
  }

  /** Does a part of the work; a file that is not as it should be is a fault, and the result is undefined. */
  async of<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof DbsError) || error.code !== 'wrong-file') throw error
      this.add(error.message)
      return undefined
    }
  }
}
