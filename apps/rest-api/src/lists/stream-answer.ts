import type { IncomingMessage, ServerResponse } from 'node:http'

export interface StreamAnswerParts {
  readonly text: AsyncGenerator<string, void, undefined>
  /** Asked when `text` has ended well. */
  readonly trailers: () => Readonly<Record<string, string>>
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  /** Told what stopped it after its first byte. */
  readonly onBreak: (error: unknown) => void
  /** Asked once the first chunk is there: whether it is wanted, or the headers alone. */
  readonly isWanted: () => boolean
}

export interface StreamAnswer {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | ''
  readonly headers: Readonly<Record<string, string>>
}

/**
 * A body whose chunks are made as the client takes them. It is not an answer before its first chunk is there: what fails until then is thrown. What
 * fails later cuts the connection, so that no client takes what it has for whole.
 * @param declared names of the trailers
 */
export async function streamAnswer(parts: StreamAnswerParts, declared: string): Promise<StreamAnswer> {
  const { text, trailers, incoming, outgoing, onBreak, isWanted } = parts
  const first = await text.next()
  if (!isWanted()) {
    await text.return()
    return { body: '', headers: {} }
  }
  // HTTP/1.0 knows neither chunks nor trailers; there the end of the connection ends the body.
  const isChunked = incoming.httpVersion !== '1.0'
  let next: Promise<IteratorResult<string, void>> | undefined = Promise.resolve(first)
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const step = await (next ?? text.next())
          next = undefined
          if (step.done === true) {
            if (isChunked) outgoing.addTrailers(trailers())
            controller.close()
          } else controller.enqueue(Buffer.from(step.value))
        } catch (error) {
          onBreak(error)
          cut(outgoing, isChunked)
        }
      },
      async cancel() {
        await text.return()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, headers: isChunked ? { 'transfer-encoding': 'chunked', trailer: declared } : {} }
}

/** Without a last chunk; where chunks are not known, an end that is no reset would look like a good one. */
function cut(outgoing: ServerResponse, isChunked: boolean): void {
  if (isChunked) outgoing.destroy()
  else outgoing.socket?.resetAndDestroy()
}
