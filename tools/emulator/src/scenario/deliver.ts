import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import type { Clock } from '../clock.js'
import type { Fault } from './scenario.js'

/** An answer that is ready to go. */
export interface Delivery {
  readonly httpStatus: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Iterable<Buffer | string>
}

export interface Road {
  readonly clock: Clock
  /** Aborts when the client has gone or the emulator closes. */
  readonly signal: AbortSignal
}

const mebibyte = 1024 * 1024

/** What the client sees as the status; 0 where the fault lets no answer through. */
export function statusSeen(httpStatus: number, fault: Fault | undefined): number {
  if (fault?.kind === 'reset' || fault?.kind === 'hang') return 0
  return fault?.kind === 'html-502' ? 502 : fault?.kind === 'redirect' ? 302 : httpStatus
}

/** Sends an answer, or spoils it on its way. */
export async function deliver(response: ServerResponse, answer: Delivery, fault: Fault | undefined, road: Road): Promise<void> {
  switch (fault?.kind) {
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'hang': // until one side gives up
      return road.clock.sleep(2 ** 31 - 1, road.signal)
    case 'html-502':
      return send(response, { httpStatus: 502, headers: { ...answer.headers, 'content-type': 'text/html' }, body: badGateway })
    case 'slow-body':
      return sendSlowly(response, answer, fault, road)
    case 'cut-body':
      return sendCut(response, answer, fault.bytes)
    case 'bad-json':
      return send(response, { ...answer, body: textOf(answer).slice(0, -2) })
    case 'empty-body':
      return send(response, { ...answer, body: '' })
    case 'redirect':
      return send(response, { httpStatus: 302, headers: { ...answer.headers, location: fault.to }, body: '' })
    case 'doctype':
      return send(response, { ...answer, headers: { ...answer.headers, 'content-type': 'text/xml;charset=utf-8' }, body: withDoctype })
    case 'huge-body':
      return stream(response, answer, Readable.from(padded(fault.mebibytes)))
    case 'gzip':
      return send(response, { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, body: [gzipSync(textOf(answer))] })
    case 'gzip-bomb':
      return stream(
        response,
        { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } },
        Readable.from(padded(fault.mebibytes)).pipe(createGzip()),
      )
    case 'throttle':
    case 'unavailable':
    case 'soft-failure':
    case 'refuse':
    case 'skewed-clock':
    case 'expired-sts':
    case 'latency':
    case undefined: // well on its way, whatever it says
      return send(response, answer)
  }
}

async function send(response: ServerResponse, { httpStatus, headers, body }: Delivery): Promise<void> {
  if (typeof body === 'string') {
    response.writeHead(httpStatus, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
    return
  }
  await stream(response, { httpStatus, headers }, Readable.from(body, { objectMode: false }))
}

async function stream(
  response: ServerResponse,
  { httpStatus, headers }: Omit<Delivery, 'body'>,
  body: NodeJS.ReadableStream,
): Promise<void> {
  response.writeHead(httpStatus, headers)
  await pipeline(body, response).catch(() => undefined) // a client that leaves early is no fault
}

async function sendSlowly(
  response: ServerResponse,
  answer: Delivery,
  { chunkBytes, pauseMs }: Slow,
  { clock, signal }: Road,
): Promise<void> {
  const bytes = bytesOf(answer)
  response.writeHead(answer.httpStatus, { ...answer.headers, 'content-length': bytes.length })
  for (let at = 0; at < bytes.length && !signal.aborted; at += chunkBytes) {
    response.write(bytes.subarray(at, at + chunkBytes))
    await clock.sleep(pauseMs, signal)
  }
  response.end()
}

/** Announces all, sends some, and hangs up. */
async function sendCut(response: ServerResponse, answer: Delivery, cut: number): Promise<void> {
  const bytes = bytesOf(answer)
  response.writeHead(answer.httpStatus, { ...answer.headers, 'content-length': bytes.length })
  await new Promise((resolve) => response.write(bytes.subarray(0, Math.min(cut, bytes.length - 1)), resolve))
  response.socket?.destroy()
}

type Slow = Extract<Fault, { kind: 'slow-body' }>

const bytesOf = ({ body }: Delivery): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.concat(Array.from(body, (chunk) => Buffer.from(chunk)))

const textOf = (answer: Delivery): string => bytesOf(answer).toString('utf8')

function* padded(mebibytes: number): Generator<Buffer> {
  yield Buffer.from('{"RequestId":"')
  const padding = Buffer.alloc(mebibyte, 'x')
  for (let sent = 0; sent < mebibytes; sent++) yield padding
  yield Buffer.from('","Success":true}')
}

const badGateway =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n'

const withDoctype =
  '<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Error><Code>&b;</Code></Error>'
