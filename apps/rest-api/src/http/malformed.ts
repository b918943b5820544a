import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ApiError } from '../api-error.js'
import type { Journal } from '../journal/journal.js'
import { problemOf } from '../problem.js'

/** What node says of a connection that brought no HTTP that it takes. */
export interface ClientError extends Error {
  readonly code?: string | undefined
}

/** The error a client is answered with before there is a request; undefined where it went away. */
export function refusalOf({ code }: ClientError): ApiError | undefined {
  if (code === 'ECONNRESET' || code === 'EPIPE') return undefined
  if (code === 'HPE_HEADER_OVERFLOW') return new ApiError('header-too-large', 'Path and headers have more than 16 KiB together.')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new ApiError('request-timed-out', 'The request did not come whole in time.')
  return new ApiError('malformed-request', 'This is no HTTP/1.1 request.')
}

/** Answers a connection by hand, where node's parser gave up, and ends it. An answer that has begun is not written into. */
export function refuse(error: ClientError, socket: Socket, journal: Journal): void {
  const busyWith = journal.on(socket)
  const refusal = refusalOf(error)
  if (refusal === undefined || !socket.writable || busyWith?.outgoing.headersSent === true) {
    socket.destroy()
    return
  }
  writeProblem(socket, refusal, busyWith?.requestId)
}

/** An answer by hand on a bare connection, which it ends. */
export function writeProblem(socket: Socket, refusal: ApiError, requestId: string = randomUUID()): void {
  const { body, headers } = problemOf(refusal)
  const text = JSON.stringify(body)
  const lines = Object.entries({
    ...headers,
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${body.status} ${STATUS_CODES[body.status] ?? 'Refused'}\r\n${lines.join('')}\r\n${text}`, () => socket.destroy())
}
