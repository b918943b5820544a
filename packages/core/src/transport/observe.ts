import { channel } from 'node:diagnostics_channel'
import type { ErrorCode } from '../errors/codes.js'
import type { SignedRequest } from './signed-request.js'
import { redactHeaders, redactParameters, redactStringToSign, redactUrl } from './redact.js'

// Hooks for logs, metrics and traces. Nothing secret stands in a message; without a subscriber none is made.

/** On `backset:request`: an attempt is about to be sent. */
export interface RequestMessage {
  /** The same for all messages of one attempt. */
  readonly id: number
  readonly action: string
  readonly host: string
  readonly attempt: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly stringToSign: string
}

/** On `backset:answer`: an attempt was answered, well or not. */
export interface AnswerMessage {
  readonly id: number
  readonly action: string
  readonly host: string
  readonly attempt: number
  readonly httpStatus: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: number
  readonly durationMs: number
}

/** On `backset:success`: an attempt brought what was asked for. */
export type SuccessMessage = Pick<AnswerMessage, 'id' | 'action' | 'host' | 'attempt'>

/** On `backset:failure`: an attempt failed; `pauseMs` is undefined when it was the last. */
export interface FailureMessage {
  readonly id: number
  readonly action: string
  readonly host: string
  readonly attempt: number
  readonly code: ErrorCode
  readonly serviceCode: string | undefined
  readonly requestId: string | undefined
  readonly throttled: boolean
  readonly pauseMs: number | undefined
}

/** Names of the diagnostics channels; subscribe with `node:diagnostics_channel`. */
export const channels = {
  request: 'backset:request',
  answer: 'backset:answer',
  success: 'backset:success',
  failure: 'backset:failure',
} as const

const request = channel(channels.request)
const answer = channel(channels.answer)
const success = channel(channels.success)
const failure = channel(channels.failure)

export function tellRequest(
  facts: Pick<RequestMessage, 'id' | 'action' | 'host' | 'attempt'>,
  { method, url, headers, body, stringToSign }: SignedRequest,
): void {
  if (!request.hasSubscribers) return
  const message: RequestMessage = {
    ...facts,
    method,
    url: redactUrl(url),
    headers: redactHeaders(headers),
    body: redactParameters(body),
    stringToSign: redactStringToSign(stringToSign),
  }
  request.publish(message)
}

export function tellAnswer(message: AnswerMessage): void {
  if (answer.hasSubscribers) answer.publish({ ...message, headers: redactHeaders(message.headers) } satisfies AnswerMessage)
}

export function tellSuccess(message: SuccessMessage): void {
  if (success.hasSubscribers) success.publish(message)
}

export function tellFailure(message: FailureMessage): void {
  if (failure.hasSubscribers) failure.publish(message)
}
