import { abortErrorOf } from '@backset/core'
import type { Dispatcher } from 'undici'

export interface HttpGet {
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** How long the host may be silent, before its head and between two chunks, milliseconds. */
  readonly silenceMs: number
  readonly signal: AbortSignal
}

/** Takes a chunk; while its promise is pending nothing more is read, and the host has to wait. */
export type TakeChunk = (chunk: Buffer) => Promise<void> | undefined

/** An answer's head. Its body waits in the connection until it is delivered, once, or closed. */
export interface HttpAnswer {
  readonly statusCode: number
  readonly headers: Headers
  /** Resolves at the end of the body; rejects with what `take` throws, with undici's error, or as aborted; in any case when no `take` runs any more. */
  readonly deliver: (take: TakeChunk) => Promise<void>
  readonly close: () => void
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * A GET whose body is handed on as it is parsed. The streams that undici's `request` puts between cost about as much as the hash of the bytes. Between its
 * head and `deliver`, and while a chunk is taken, undici's parser is paused: whoever opens the dispatcher calls `guardPausedParsers` first.
 * Rejects with undici's error, or as aborted; no status is an error here.
 */
export async function httpGet(dispatcher: Dispatcher, { origin, path, headers, silenceMs, signal }: HttpGet): Promise<HttpAnswer> {
  if (signal.aborted) throw abortErrorOf(signal)
  return await new Promise((resolve, reject) => {
    const handler = new AnswerHandler(signal, { resolve, reject })
    dispatcher.dispatch({ origin, path, method: 'GET', headers, headersTimeout: silenceMs, bodyTimeout: silenceMs }, handler)
  })
}

interface Settle<Value> {
  readonly resolve: (value: Value) => void
  readonly reject: (reason: Error) => void
}

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal
  readonly #head: Settle<HttpAnswer>
  #controller: Dispatcher.DispatchController | undefined
  #take: TakeChunk | undefined
  #taking: Promise<void> | undefined
  #delivery: Settle<void> | undefined
  /** How it ended. */
  #end: 'whole' | Error | undefined

  constructor(signal: AbortSignal, head: Settle<HttpAnswer>) {
    this.#signal = signal
    this.#head = head
    signal.addEventListener('abort', this.#abort, { once: true })
  }

  /** An Error object, for undici takes no other reason. */
  readonly #abort = (): void => {
    const error = abortErrorOf(this.#signal)
    this.#head.reject(error) // where nobody is connected yet, undici would go on trying
    this.#controller?.abort(error)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#signal.aborted) this.#abort()
  }

  onResponseStart(controller: Dispatcher.DispatchController, statusCode: number, headers: Headers): void {
    if (statusCode < 200) return
    controller.pause()
    this.#head.resolve({ statusCode, headers, deliver: this.#deliver, close: this.#close })
  }

  readonly #deliver = async (take: TakeChunk): Promise<void> => {
    try {
      await new Promise<void>((resolve, reject) => {
        this.#take = take
        this.#delivery = { resolve, reject }
        if (this.#end === undefined) this.#controller?.resume()
        else this.#tellEnd()
      })
    } catch (error) {
      await this.#taking?.catch(() => undefined) // it was told already, unless the connection broke before
      throw error
    }
    await this.#taking // the last chunk is taken while the answer ends
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#taking = this.#take?.(chunk) // what it throws undici makes the end of the answer
    if (this.#taking === undefined) return
    this.#taking.catch(() => undefined) // told by `deliver`
    controller.pause()
    this.#taking.then(
      () => controller.resume(),
      (error: unknown) => controller.abort(error as Error),
    )
  }

  onResponseEnd(): void {
    this.#ended('whole')
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#ended(error)
  }

  #ended(end: 'whole' | Error): void {
    this.#end ??= end
    this.#signal.removeEventListener('abort', this.#abort)
    if (end !== 'whole') this.#head.reject(end)
    this.#tellEnd()
  }

  #tellEnd(): void {
    if (this.#end === 'whole') this.#delivery?.resolve()
    else if (this.#end !== undefined) this.#delivery?.reject(this.#end)
  }

  readonly #close = (): void => {
    if (this.#end === undefined) this.#controller?.abort(new Error('The answer is not read to its end.'))
  }
}
