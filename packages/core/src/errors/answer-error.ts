import type { ErrorCode } from './codes.js'
import { DbsError, type ErrorFacts } from './dbs-error.js'
import { redactText } from './redact-text.js'

/** What a status means whoever sent it, and what to do when its body does not say. */
const refusals: Readonly<Record<number, readonly [code: ErrorCode, hint: string]>> = {
  401: [
    'credentials-refused',
    'It may come from DBS or from a proxy or gateway before it: check the keys, then the proxy variables, the endpoint and what stands between.',
  ],
  403: [
    'no-permission',
    'It may come from DBS or from a proxy or gateway before it: check what the keys may do, then the proxy variables, the endpoint and what stands between.',
  ],
  429: ['throttled', 'It may come from a proxy or gateway before DBS: lower --lookahead, or try again later.'],
}

/**
 * What came back is no answer of DBS: HTML, cut off, or not of the form that was asked. Its code is `unreadable-answer`, unless the HTTP status says
 * what it means all the same: 401, 403, 429.
 */
export class AnswerError extends DbsError {
  override readonly name = 'AnswerError'
  /** The beginning of what came, redacted; at most 200 characters. */
  readonly excerpt: string | undefined
  /** The message without the excerpt, for readers who must not see what came. */
  readonly account: string

  constructor(message: string, { excerpt, requestId, ...facts }: ErrorFacts & { readonly excerpt?: string | undefined } = {}) {
    const shown = excerpt === undefined ? undefined : redactText(excerpt, 200)
    const [code, hint] = refusals[facts.httpStatus ?? 0] ?? [
      'unreadable-answer',
      'A proxy or load balancer may have answered in place of DBS; see what stands between, and try again.',
    ]
    super(code, shown === undefined || shown === '' ? message : `${message} It begins: ${shown}`, {
      hint,
      ...facts,
      requestId: requestId === undefined ? undefined : redactText(requestId, 100),
    })
    this.excerpt = shown
    this.account = message
  }
}
