import { DbsError, type ErrorFacts } from './dbs-error.js'
import { redactText } from './redact-text.js'

/** What came back is no answer of DBS: HTML, cut off, or not of the form that was asked. */
export class AnswerError extends DbsError {
  override readonly name = 'AnswerError'
  /** The beginning of what came, redacted; at most 200 characters. */
  readonly excerpt: string | undefined

  constructor(message: string, { excerpt, ...facts }: ErrorFacts & { readonly excerpt?: string | undefined } = {}) {
    const shown = excerpt === undefined ? undefined : redactText(excerpt, 200)
    super('unreadable-answer', shown === undefined || shown === '' ? message : `${message} It begins: ${shown}`, {
      hint: 'A proxy or load balancer may have answered in place of DBS; see what stands between, and try again.',
      ...facts,
    })
    this.excerpt = shown
  }
}
