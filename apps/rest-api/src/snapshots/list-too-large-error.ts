import { ApiError } from '../api-error.js'

/** The list does not fit into the store; a stream past it does. */
export class ListTooLargeError extends ApiError {
  override readonly name = 'ListTooLargeError'
  readonly rows: number

  constructor(rows: number) {
    super('list-too-large', `The list has ${rows} tasks, more than this server keeps at once.`, {
      // It may be told of a page, a summary or a stream of events: the way out is the same.
      hint: 'GET /v1/download-tasks with format=ndjson or format=csv, without sort, limit and cursor, streams all of it; /v1/download-tasks/{taskId} is one task.',
    })
    this.rows = rows
  }
}
