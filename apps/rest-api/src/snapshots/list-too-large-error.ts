import { ApiError } from '../api-error.js'

/** The list does not fit into the store; a stream past it does. */
export class ListTooLargeError extends ApiError {
  override readonly name = 'ListTooLargeError'
  readonly rows: number

  constructor(rows: number) {
    super('list-too-large', `The list has ${rows} tasks, more than this server keeps at once.`, {
      hint: 'Ask for the whole list as a stream: ?format=ndjson or ?format=csv, without sort.',
    })
    this.rows = rows
  }
}
