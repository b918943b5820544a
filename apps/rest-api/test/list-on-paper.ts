import { DbsError, type DownloadTask, type Sight } from '@backset/core'

/** A list that a test writes, seen as a poller sees DBS. */
export class ListOnPaper implements Sight {
  readonly pageSize = 2
  tasks: DownloadTask[]
  /** Whether whole looks are proved. */
  isProved = true
  /** What every question fails with; `hang`: it is never answered. */
  trouble: Error | 'hang' | undefined
  /** Every question, in order: `page 0`, `task a`, `whole`. */
  readonly asked: string[] = []
  /** Questions that wait for an answer. */
  open = 0

  constructor(...ids: readonly string[]) {
    this.tasks = ids.map((id) => taskOnPaper(id))
  }

  /** The questions since the last time. */
  takeAsked(): string[] {
    return this.asked.splice(0)
  }

  set(id: string, status: string): void {
    this.tasks = this.tasks.map((task) => (task.backupSetDownloadTaskId === id ? taskOnPaper(id, status) : task))
  }

  readonly page: Sight['page'] = async (pageNum, signal) => {
    await this.#ask(`page ${pageNum}`, signal)
    return { items: this.tasks.slice(2 * pageNum, 2 * pageNum + 2), totalElements: this.tasks.length }
  }

  readonly task: Sight['task'] = async (taskId, signal) => {
    await this.#ask(`task ${taskId}`, signal)
    return this.tasks.find(({ backupSetDownloadTaskId: id }) => id === taskId)
  }

  readonly whole: Sight['whole'] = async (signal) => {
    await this.#ask('whole', signal)
    return { tasks: [...this.tasks], isProved: this.isProved }
  }

  async #ask(question: string, signal: AbortSignal): Promise<void> {
    this.asked.push(question)
    if (this.trouble instanceof Error) throw this.trouble
    if (this.trouble === undefined) return
    this.open++
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new DbsError('aborted', 'The work was aborted.')), { once: true })
    }).finally(() => this.open--)
  }
}

const states: Readonly<Record<string, DownloadTask['state']>> = { finish: 'done', stop: 'failed', pause: 'suspended' }

/** Ends in `finish` unless another status is given; then it is at work. */
export const taskOnPaper = (id: string, status = 'finish'): DownloadTask => ({
  backupSetDownloadTaskId: id,
  backupSetDownloadStatus: status,
  state: states[status] ?? 'active',
})
