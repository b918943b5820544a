import type { Dispatcher } from 'undici'
import { abortErrorOf } from '../errors/aborted-error.js'
import { AnswerError } from '../errors/answer-error.js'
import { ConnectionError } from '../errors/connection-error.js'
import { DbsError } from '../errors/dbs-error.js'
import { redactText } from '../errors/redact-text.js'
import { isTransientStatus } from '../errors/transient-status.js'
import { unlessAborted } from '../unless-aborted.js'
import type { SignedRequest } from './signed-request.js'
import { TunnelError } from './tunnel.js'

/** An answer before it is decoded. */
export interface Exchanged {
  readonly httpStatus: number
  /** By lower-case name; several values of one are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/** What DBS calls the request, where the answer's headers tell; a header is as hostile as all that comes. */
export function requestIdIn(headers: Exchanged['headers']): string | undefined {
  const id = redactText(headers['x-acs-request-id'] ?? '', 100)
  return id === '' ? undefined : id
}

const maxBodyBytes = 32 * 2 ** 20

/**
 * One request and its answer. Redirects are not followed: credentials go to no other host.
 * @throws ConnectionError before the answer begins, AnswerError when it is cut off or too large
 */
export async function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body }: SignedRequest,
  { signal, maxBytes = maxBodyBytes }: { readonly signal: AbortSignal; readonly maxBytes?: number },
): Promise<Exchanged> {
  const { origin, host } = new URL(url)
  const asked = dispatcher.request({
    origin,
    path: url.slice(origin.length), // as it was signed, byte for byte
    method,
    headers: { ...headers, 'accept-encoding': 'gzip' },
    body: body === '' ? null : body,
    signal,
  })
  // undici hears the signal only once it is connected.
  const response = await unlessAborted(asked, signal).catch((error: unknown) => {
    throw signal.aborted ? abortErrorOf(signal) : connectionErrorOf(host, error)
  })
  const { statusCode: httpStatus } = response
  const answerHeaders = flat(response.headers)
  try {
    const sent = await collected(response.body, maxBytes)
    return { httpStatus, headers: answerHeaders, bytes: await decompressed(sent, answerHeaders['content-encoding'], maxBytes, httpStatus) }
  } catch (error) {
    response.body.destroy()
    if (signal.aborted) throw abortErrorOf(signal)
    const requestId = requestIdIn(answerHeaders)
    if (error instanceof DbsError) {
      error.requestId ??= requestId
      throw error
    }
    throw new AnswerError(`The answer of ${host} was cut off (${reasonOf(error)}).`, {
      httpStatus,
      requestId,
      retryable: isTransientStatus(httpStatus),
      hint: 'Try again; when it lasts, look for a proxy that cuts answers.',
    })
  }
}

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

async function collected(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.byteLength
    if (length > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length)
}

/** The bound holds after decompression too: a small answer can be made to grow a thousandfold. */
async function decompressed(
  bytes: Uint8Array,
  sentEncoding: string | undefined,
  maxOutputLength: number,
  httpStatus: number,
): Promise<Uint8Array> {
  const encoding = sentEncoding?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity' || bytes.byteLength === 0) return bytes
  if (encoding !== 'gzip' && encoding !== 'x-gzip')
    throw new AnswerError(`The answer is encoded as ${redactText(encoding, 20)}, which was not asked for.`, { httpStatus })
  const { gunzip } = await import('node:zlib')
  return new Promise((resolve, reject) => {
    gunzip(bytes, { maxOutputLength }, (error, result) => {
      if (error === null) resolve(result)
      else reject('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(maxOutputLength) : error)
    })
  })
}

const tooLarge = (maxBytes: number): DbsError =>
  new DbsError('answer-too-large', `The answer is larger than ${maxBytes / 2 ** 20} MiB.`, {
    hint: 'No answer of DBS is: see what stands between, and the endpoint.',
  })

/**
 * What a failed connection is told as; nothing that undici says passes but the system's word.
 * @param hint what may help with a host that is no endpoint of DBS. Certificates and proxies have their own
 */
export const connectionErrorOf = (host: string, error: unknown, hint?: string): ConnectionError =>
  error instanceof TunnelError
    ? new ConnectionError(host, reasonOf(error.cause), { proxy: error.proxy })
    : new ConnectionError(host, reasonOf(error), { hint })

/** For codes of undici, which mean nothing to a user. */
const words: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_HEADERS_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_BODY_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection closed',
  UND_ERR_HEADERS_OVERFLOW: 'the head of its answer is too long',
}

/** The system's word for what happened; an error of undici is never passed on, since it may quote the proxy's password. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return 'unknown'
  // The one thing undici tells of a proxy's refusal is this message.
  const proxyStatus = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1]
  if (proxyStatus !== undefined) return `the proxy answered HTTP ${proxyStatus}`
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (words[code] !== undefined) return words[code]
  if (error.name === 'HTTPParserError') return 'its answer is no HTTP, or breaks off'
  if (code !== '') return code.slice(0, 60)
  return error.cause === undefined ? error.name : reasonOf(error.cause)
}
