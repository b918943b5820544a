import type { IncomingMessage } from 'node:http'
import { parsePairs, type Pairs } from '../signature/percent.js'
import { GatewayRefusal } from './refusals.js'

/** A request as it arrived, decoded but not judged. */
export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: Pairs
  readonly form: Pairs
  /** Lower-case names in the order of arrival, repeats kept. */
  readonly headers: Pairs
  readonly body: Buffer
}

const mostBytes = 1024 * 1024

/** Reads a request to its end; a body beyond 1 MiB is refused. */
export async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= mostBytes) chunks.push(chunk)
  }
  if (bytes > mostBytes) throw new GatewayRefusal('RequestEntityTooLarge', 413, 'The request body is larger than 1 MiB.')
  const body = Buffer.concat(chunks)
  const target = request.url ?? '/'
  const mark = target.indexOf('?')
  const headers = headerPairs(request.rawHeaders)
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headerOf(headers, 'content-type') ?? '')
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? [] : parsePairs(target.slice(mark + 1)),
    form: isForm ? parsePairs(body.toString('utf8')) : [],
    headers,
    body,
  }
}

/** The first value of a header. */
export const headerOf = (headers: Pairs, name: string): string | undefined => headers.find(([key]) => key === name)?.[1]

function headerPairs(raw: readonly string[]): Pairs {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    // Node reads header bytes as latin1; clients send UTF-8.
    pairs.push([(raw[at] ?? '').toLowerCase(), Buffer.from(raw[at + 1] ?? '', 'latin1').toString('utf8')])
  }
  return pairs
}
