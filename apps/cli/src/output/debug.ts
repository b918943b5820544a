import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { channels, type AnswerMessage, type FailureMessage, type RequestMessage } from '@backset/core'
import type { Sink } from './sink.js'

/**
 * Says on stderr what was sent and answered, one block an attempt, until it is disposed of. Many attempts are on their way at once, so a block is
 * written when its answer is there, or when none is waited for any more. The channels tell nothing secret.
 */
export function openDebug(stderr: Sink): AsyncDisposable {
  const unanswered = new Map<number, RequestMessage>()
  let written: Promise<void> = Promise.resolve()
  // A stderr that is closed is no reason to fail: nobody reads it.
  const say = (lines: readonly string[]): void =>
    void (written = written.then(() => stderr.write(`${lines.join('\n')}\n`)).catch(() => undefined))
  const takeRequest = (id: number): readonly string[] => {
    const request = unanswered.get(id)
    unanswered.delete(id)
    return request === undefined ? [] : requestLines(request)
  }

  const stops = [
    listen('request', (message) => void unanswered.set(message.id, message)),
    listen('answer', (message) => say([...takeRequest(message.id), ...answerLines(message)])),
    listen('failure', (message) => say([...takeRequest(message.id), failureLine(message)])),
  ]
  return {
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop()
      for (const { id } of unanswered.values()) say([...takeRequest(id), '< nothing was waited for'])
      await written
    },
  }
}

/** What core tells on each of its channels. */
interface Messages {
  readonly request: RequestMessage
  readonly answer: AnswerMessage
  readonly failure: FailureMessage
}

function listen<Name extends keyof Messages>(name: Name, tell: (message: Messages[Name]) => void): () => void {
  const listener = (message: unknown): void => tell(message as Messages[Name])
  subscribe(channels[name], listener)
  return () => void unsubscribe(channels[name], listener)
}

const headerLines = (mark: string, headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).map(([name, value]) => `${mark} ${name}: ${value}`)

function requestLines({ id, action, attempt, method, url, headers, body, stringToSign }: RequestMessage): readonly string[] {
  return [
    `#${id} ${action}, attempt ${attempt}`,
    `> ${method} ${url}`,
    ...headerLines('>', headers),
    ...(body === '' ? [] : ['>', `> ${body}`]),
    ...`signed: ${stringToSign}`.split('\n').map((line) => `  ${line}`),
  ]
}

const answerLines = ({ id, httpStatus, headers, bytes, durationMs }: AnswerMessage): readonly string[] => [
  `< HTTP ${httpStatus}, ${bytes} bytes, ${Math.round(durationMs)} ms, to #${id}`,
  ...headerLines('<', headers),
]

function failureLine({ id, code, serviceCode, requestId, pauseMs }: FailureMessage): string {
  const what = [
    code,
    serviceCode === undefined ? undefined : `(${serviceCode})`,
    requestId === undefined ? undefined : `request ${requestId}`,
  ]
  const next = pauseMs === undefined ? 'given up' : `again in ${Math.round(pauseMs)} ms`
  return `! #${id} ${what.filter((part) => part !== undefined).join(' ')}: ${next}`
}
