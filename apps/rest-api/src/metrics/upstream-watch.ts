import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { channels, type AnswerMessage, type FailureMessage, type RequestMessage, type SuccessMessage } from '@backset/core'

/** What core tells of each attempt to ask DBS; see its channels. */
export interface UpstreamListener {
  readonly request?: (message: RequestMessage) => void
  readonly answer?: (message: AnswerMessage) => void
  readonly success?: (message: SuccessMessage) => void
  readonly failure?: (message: FailureMessage) => void
}

/** Listens to what this process asks of DBS until it is disposed of. */
export function watchUpstream(listener: UpstreamListener): Disposable {
  const stops = Object.entries(listener).map(([name, tell]) => {
    const channel = channels[name as keyof typeof channels]
    const listen = tell as (message: unknown) => void
    subscribe(channel, listen)
    return () => void unsubscribe(channel, listen)
  })
  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop()
    },
  }
}
