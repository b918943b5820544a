import type { Snapshot } from './snapshot.js'

/** An answer as it is sent. */
export interface KeptPage {
  readonly body: Uint8Array<ArrayBuffer>
  readonly etag: string
  /** All but those that tell its age. */
  readonly headers: Readonly<Record<string, string>>
  /** The snapshot's token; the page holds as long as `current` gives that one. */
  readonly token: symbol
  /** The snapshot that answers now; undefined when none does. */
  readonly current: () => Snapshot | undefined
  /** On the clock of `get`: until when the cursor in it is worth giving. */
  readonly until: number
}

/** Answers by who asked what, as bytes; the least recently given go. A page keeps no snapshot alive. */
export class Pages {
  readonly #kept = new Map<string, KeptPage>()
  readonly #mostBytes: number
  readonly #now: () => number
  #bytes = 0

  /** @param now milliseconds that never go back */
  constructor(now: () => number, mostBytes = 32 * 2 ** 20) {
    this.#now = now
    this.#mostBytes = mostBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The page with the snapshot that it is still right for. */
  get(key: string): { readonly page: KeptPage; readonly snapshot: Snapshot } | undefined {
    const page = this.#kept.get(key)
    if (page === undefined) return undefined
    const snapshot = page.current()
    this.#kept.delete(key)
    if (snapshot?.token !== page.token || this.#now() > page.until) {
      this.#bytes -= sizeOf(key, page)
      return undefined
    }
    this.#kept.set(key, page)
    return { page, snapshot }
  }

  keep(key: string, page: KeptPage): void {
    const size = sizeOf(key, page)
    if (size > this.#mostBytes / 4) return
    this.#drop(key)
    this.#kept.set(key, page)
    this.#bytes += size
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    const page = this.#kept.get(key)
    if (page === undefined) return
    this.#kept.delete(key)
    this.#bytes -= sizeOf(key, page)
  }
}

/** With what a map entry, headers and closures take. */
const sizeOf = (key: string, { body }: KeptPage): number => body.byteLength + 2 * key.length + 1000
