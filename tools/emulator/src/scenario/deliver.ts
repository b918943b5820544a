import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import type { Clock } from '../clock.js'
import type { Fault } from './scenario.js'

/** An answer that is ready to go. */
export interface Delivery {
  readonly httpStatus: number
  /** All but content-length. */
  readonly headers: Readonly<Record<string, string>>
  /** Bytes of the body. */
  readonly length: number
  /** Sent without its length. */
  readonly chunked?: boolean
  readonly body: Iterable<Buffer>
}

export interface Road {
  readonly clock: Clock
  /** Aborts when the client has gone or the emulator closes. */
  readonly signal: AbortSignal
  /** The most this connection gets. */
  readonly bytesPerSecond?: number | undefined
}

/** A delivery whose body is one text. */
export function textDelivery(httpStatus: number, headers: Readonly<Record<string, string>>, text: string): Delivery {
  const bytes = Buffer.from(text)
  return { httpStatus, headers, length: bytes.length, body: [bytes] }
}

/** What the client sees as the status; 0 where the fault lets no answer through. */
export function statusSeen(httpStatus: number, fault: Fault | undefined): number {
  if (fault?.kind === 'reset' || fault?.kind === 'hang') return 0
  return fault?.kind === 'html-502' ? 502 : fault?.kind === 'redirect' ? 302 : httpStatus
}

/** Sends an answer, or spoils it on its way. */
export async function deliver(response: ServerResponse, answer: Delivery, fault: Fault | undefined, road: Road): Promise<void> {
  const { httpStatus, headers } = answer
  switch (fault?.kind) {
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'hang': // until one side gives up
      return road.clock.sleep(2 ** 31 - 1, road.signal)
    case 'html-502':
      return send(response, textDelivery(502, { ...headers, 'content-type': 'text/html' }, badGateway))
    case 'redirect':
      return send(response, textDelivery(302, { ...headers, location: fault.to }, ''))
    case 'slow-body':
      return sendSlowly(response, answer, fault, road)
    case 'cut-body':
      return sendCut(response, answer, fault.bytes)
    case 'bad-json':
      return send(response, { ...answer, length: Math.max(0, answer.length - 2), body: [whole(answer).subarray(0, -2)] })
    case 'empty-body':
      return send(response, { ...answer, length: 0, body: [] })
    case 'doctype':
      return send(response, textDelivery(httpStatus, { ...headers, 'content-type': 'text/xml;charset=utf-8' }, withDoctype))
    case 'gzip': {
      const bytes = gzipSync(whole(answer))
      return send(response, { ...answer, headers: { ...headers, 'content-encoding': 'gzip' }, length: bytes.length, body: [bytes] })
    }
    case 'huge-body':
      response.writeHead(httpStatus, headers)
      return pour(response, Readable.from(padded(fault.mebibytes)))
    case 'gzip-bomb':
      response.writeHead(httpStatus, { ...headers, 'content-encoding': 'gzip' })
      return pour(response, Readable.from(padded(fault.mebibytes)).pipe(createGzip()))
    case 'throttle':
    case 'unavailable':
    case 'soft-failure':
    case 'refuse':
    case 'skewed-clock':
    case 'expired-sts':
    case 'latency':
    case 'swap-file':
    case 'ignore-range':
    case 'wrong-range':
    case 'wrong-checksum':
    case 'short-body':
    case 'endless-body':
    case undefined: // well on its way, whatever it says
      return send(response, answer, road)
  }
}

async function send(
  response: ServerResponse,
  { httpStatus, headers, length, chunked = false, body }: Delivery,
  road?: Road,
): Promise<void> {
  response.writeHead(httpStatus, { ...headers, ...(chunked ? {} : { 'content-length': length }) })
  if (Array.isArray(body)) response.end(Buffer.concat(body))
  else if (road?.bytesPerSecond !== undefined) await pour(response, Readable.from(paced(body, road.bytesPerSecond, road)))
  else await pour(response, Readable.from(body))
}

/** No more than so many bytes a second, from the first on. */
async function* paced(body: Iterable<Buffer>, bytesPerSecond: number, { clock, signal }: Road): AsyncGenerator<Buffer> {
  const start = clock.monotonic()
  let sent = 0
  for (const bytes of inPieces(body, Math.max(1, Math.ceil(bytesPerSecond / 50)))) {
    const early = start + (sent / bytesPerSecond) * 1000 - clock.monotonic()
    if (early > 1) await clock.sleep(early, signal)
    if (signal.aborted) return
    yield bytes
    sent += bytes.length
  }
}

async function pour(response: ServerResponse, bytes: NodeJS.ReadableStream): Promise<void> {
  await pipeline(bytes, response).catch(() => undefined) // a client that leaves early is no fault
}

async function sendSlowly(
  response: ServerResponse,
  answer: Delivery,
  { chunkBytes, pauseMs }: Slow,
  { clock, signal }: Road,
): Promise<void> {
  response.writeHead(answer.httpStatus, { ...answer.headers, 'content-length': answer.length })
  for (const bytes of inPieces(answer.body, chunkBytes)) {
    if (signal.aborted) return
    response.write(bytes)
    await clock.sleep(pauseMs, signal)
  }
  response.end()
}

/** Announces all, sends some, and hangs up. */
async function sendCut(response: ServerResponse, { httpStatus, headers, length, body }: Delivery, cut: number): Promise<void> {
  response.writeHead(httpStatus, { ...headers, 'content-length': length })
  let left = Math.min(cut, length - 1)
  for (const bytes of body) {
    if (left <= 0) break
    await new Promise((resolve) => response.write(bytes.subarray(0, left), resolve))
    left -= bytes.length
  }
  response.socket?.destroy()
}

type Slow = Extract<Fault, { kind: 'slow-body' }>

const whole = ({ body }: Delivery): Buffer => Buffer.concat([...body])

function* inPieces(body: Iterable<Buffer>, most: number): Generator<Buffer> {
  for (const bytes of body) for (let at = 0; at < bytes.length; at += most) yield bytes.subarray(at, at + most)
}

function* padded(mebibytes: number): Generator<Buffer> {
  yield Buffer.from('{"RequestId":"')
  const padding = Buffer.alloc(1024 * 1024, 'x')
  for (let sent = 0; sent < mebibytes; sent++) yield padding
  yield Buffer.from('","Success":true}')
}

const badGateway =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n'

const withDoctype =
  '<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Error><Code>&b;</Code></Error>'
