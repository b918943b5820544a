import { request, type IncomingMessage } from 'node:http'

export interface RawAnswer {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly trailers: IncomingMessage['trailers']
  readonly body: string
  /** Whether the last chunk came; a body without it must not be taken for whole. */
  readonly isWhole: boolean
}

/** An answer as node:http sees it: with trailers, and with a word on whether it is whole. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
  const answer = await startAsking(url, headers)
  let body = ''
  answer.setEncoding('utf8').on('data', (text: string) => (body += text))
  await new Promise<void>((resolve) => answer.once('close', resolve).on('error', () => undefined))
  return { status: answer.statusCode, headers: answer.headers, trailers: answer.trailers, body, isWhole: answer.complete }
}

/** The same, once its head is there. */
export const startAsking = (url: string, headers: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(url, { headers, agent: false, ...(signal && { signal }) }, resolve)
      .on('error', reject)
      .end()
  })
