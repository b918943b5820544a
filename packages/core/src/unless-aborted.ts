import { setMaxListeners } from 'node:events'
import { abortErrorOf } from './errors/aborted-error.js'

/** Work that others share, or that cannot be told to stop: who leaves it, leaves at once, and what becomes of it is not theirs. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(abortErrorOf(signal))
    if (signal.aborted) leave()
    setMaxListeners(0, signal) // any number may wait under one signal; each takes its listener away
    signal.addEventListener('abort', leave, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

/** Resolves when the signal aborts; for whoever has nothing to do until then. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
