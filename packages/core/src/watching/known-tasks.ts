import { changesBetween, type TaskEvent } from '../changes/changes.js'
import type { DownloadTask } from '../schemas/download-task.js'

/**
 * What is known of a list's tasks, from look to look. A look tells what is new in it; once that was published, it is accepted. A task is gone when two
 * whole looks that were proved complete do not show it, and none between them does; what other looks do not show says nothing.
 */
export class KnownTasks {
  #tasks: Map<string, DownloadTask> | undefined
  /** What a proved look did not show, nor any whole look since. */
  #missing = new Set<string>()

  /** Whether no whole look was accepted yet: the first one is what later ones are compared with. */
  get isBlank(): boolean {
    return this.#tasks === undefined
  }

  /** Whether the next whole look may tell that a task is gone. */
  get isInDoubt(): boolean {
    return this.#missing.size > 0
  }

  get size(): number {
    return this.#tasks?.size ?? 0
  }

  /** The tasks as they were last seen, in no promised order; those that are told to be gone not among them. */
  get tasks(): Iterable<DownloadTask> {
    return this.#tasks?.values() ?? []
  }

  /** The tasks that may move, those at work first. */
  get restless(): { readonly active: readonly DownloadTask[]; readonly others: readonly DownloadTask[] } {
    const all = [...(this.#tasks?.values() ?? [])]
    return {
      active: all.filter(({ state }) => state === 'active'),
      others: all.filter(({ state }) => state === 'suspended' || state === 'unknown'),
    }
  }

  /** What is new in some of the tasks. Those that are not known wait for a whole look. */
  changesInPart(tasks: readonly DownloadTask[]): readonly TaskEvent[] {
    const known = tasks.filter((task) => this.#tasks?.has(idOf(task)))
    const before = known.flatMap((task) => this.#tasks?.get(idOf(task)) ?? [])
    return [...changesBetween(before, known)]
  }

  /** What is new in a whole look; nothing in the first. */
  changesInWhole(tasks: readonly DownloadTask[], isProved: boolean): readonly TaskEvent[] {
    if (this.#tasks === undefined) return []
    const isNews = ({ event, task }: TaskEvent): boolean => event !== 'gone' || (isProved && this.#missing.has(idOf(task)))
    return [...changesBetween(this.#tasks.values(), tasks)].filter(isNews)
  }

  /** These were published: the next look does not tell them again. */
  accept(events: readonly TaskEvent[]): void {
    for (const { event, task } of events) {
      if (event !== 'gone') this.#tasks?.set(idOf(task), task)
      else this.#forget(idOf(task))
    }
  }

  /** All that a whole look told was published. */
  acceptWhole(tasks: readonly DownloadTask[], isProved: boolean): void {
    const shown = new Map(tasks.map((task) => [idOf(task), task]))
    const absent = [...(this.#tasks ?? [])].filter(([id]) => !shown.has(id))
    this.#missing = new Set(absent.map(([id]) => id).filter((id) => isProved || this.#missing.has(id)))
    this.#tasks = new Map([...shown, ...absent])
  }

  #forget(id: string): void {
    this.#tasks?.delete(id)
    this.#missing.delete(id)
  }
}

const idOf = ({ backupSetDownloadTaskId: id }: DownloadTask): string => id
