import type { Clock } from '@backset/core'

export interface IdleListsParts {
  readonly clock: Clock
  /** Drops what is remembered of a list. */
  readonly forget: (key: string) => void
}

/** Lists, and tasks in them together, that are remembered though nobody reads them. */
const mostLists = 100
const mostTasks = 200_000
const keptMs = 10 * 60_000

/** Lists that nobody reads any more, remembered for a while for those who come back; the one that was left first goes first. */
export class IdleLists {
  readonly #parts: IdleListsParts
  readonly #kept = new Map<string, { readonly tasks: number; readonly timer: AbortController }>()

  constructor(parts: IdleListsParts) {
    this.#parts = parts
  }

  /** @param tasks how many are remembered */
  add(key: string, tasks: number): void {
    const timer = new AbortController()
    this.#kept.set(key, { tasks, timer })
    void this.#expire(key, timer.signal)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostLists && this.#tasks <= mostTasks) break
      this.#drop(oldest)
    }
  }

  /** Somebody reads it again. */
  take(key: string): void {
    this.#kept.get(key)?.timer.abort()
    this.#kept.delete(key)
  }

  clear(): void {
    for (const key of this.#kept.keys()) this.#drop(key)
  }

  get #tasks(): number {
    return [...this.#kept.values()].reduce((sum, { tasks }) => sum + tasks, 0)
  }

  async #expire(key: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#parts.clock.sleep(keptMs, signal)
    } catch {
      return // taken, or dropped already
    }
    this.#drop(key)
  }

  #drop(key: string): void {
    this.take(key)
    this.#parts.forget(key)
  }
}
