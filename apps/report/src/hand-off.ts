/** Hands values from who makes them to who reads them, one at a time: a push ends when its value was taken and dealt with. */
export class HandOff<Value> implements AsyncIterable<Value> {
  #waiting: { readonly value: Value; readonly taken: () => void } | undefined
  #ended = false
  #failure: { readonly error: unknown } | undefined
  #wake: (() => void) | undefined

  /** @throws what the reader failed with */
  async push(value: Value): Promise<void> {
    this.#throwIfFailed()
    await new Promise<void>((taken) => {
      this.#waiting = { value, taken }
      this.#wake?.()
    })
    this.#throwIfFailed()
  }

  /** No more values come. */
  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  /** The reader has given up: whoever pushes is told. */
  fail(error: unknown): void {
    this.#failure = { error }
    this.#waiting?.taken()
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value, void, undefined> {
    for (;;) {
      if (this.#waiting !== undefined) {
        const { value, taken } = this.#waiting
        this.#waiting = undefined
        try {
          yield value
        } finally {
          taken()
        }
      } else if (this.#ended) return
      else await new Promise<void>((wake) => (this.#wake = wake))
    }
  }
}
