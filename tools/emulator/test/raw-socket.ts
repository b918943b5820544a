import { createHash, createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { canonicalRequest } from '../src/signature/v3.js'
import { percentEncode, type Pairs } from '../src/signature/percent.js'
import { signV1, stringToSignV1 } from '../src/signature/v1.js'
import type { Emulator } from '../src/index.js'

// Requests written byte by byte, so that each may be wrong in exactly one place.

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends bytes, reads until the other side hangs up. */
export async function exchange(url: string, request: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(request) // and no end: a half-closed connection would make the server hurry
  const chunks: Buffer[] = []
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk)
  const [head = '', ...rest] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { status: Number(statusLine.split(' ')[1]), headers, body: rest.join('\r\n\r\n') }
}

export interface RawCall {
  readonly method?: string
  readonly action?: string
  readonly version?: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: string
  readonly date?: string
  readonly nonce?: string
  readonly accessKeyId?: string
  readonly accessKeySecret?: string
  /** v3: the payload hash that ends what is signed. @default that of the header */
  readonly payloadHash?: string
  /** v3: more headers that are signed; a value replaces one of the usual. */
  readonly headers?: Readonly<Record<string, string>>
  /** v3: headers that are sent and not signed. */
  readonly unsigned?: Readonly<Record<string, string>>
  /** v1: more parameters. */
  readonly common?: Readonly<Record<string, string>>
}

let nonces = 0
export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** A request of ACS3-HMAC-SHA256 that is right, but for what `call` changes. */
export function rawV3(emulator: Emulator, call: RawCall = {}): string {
  const { method = 'POST', action = 'DescribeRegions', version = '2019-03-06', query = {}, body = '', date = isoSeconds(Date.now()) } = call
  const { accessKeyId = emulator.accessKeyId, accessKeySecret = emulator.accessKeySecret, nonce = `nonce-${nonces++}` } = call
  const signed: Record<string, string> = {
    host: new URL(emulator.url).host,
    'x-acs-action': action,
    'x-acs-content-sha256': createHash('sha256').update(body).digest('hex'),
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
    ...call.headers,
  }
  const names = Object.keys(signed).toSorted()
  const pairs: Pairs = Object.entries(query)
  const incoming = { method, path: '/', query: pairs, form: [], headers: Object.entries(signed), body: Buffer.from(body) }
  const text = canonicalRequest(incoming, names, call.payloadHash ?? signed['x-acs-content-sha256'] ?? '')
  const toSign = `ACS3-HMAC-SHA256\n${createHash('sha256').update(text).digest('hex')}`
  const signature = createHmac('sha256', accessKeySecret).update(toSign).digest('hex')
  const authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`
  return written(method, pairs, { authorization, ...signed, ...call.unsigned }, body)
}

/** A request of signature version 1.0 that is right, but for what `call` changes. Format is not sent. */
export function rawV1(emulator: Emulator, call: RawCall = {}): string {
  const { method = 'GET', action = 'DescribeRegions', version = '2019-03-06', query = {}, date = isoSeconds(Date.now()) } = call
  const { accessKeyId = emulator.accessKeyId, accessKeySecret = emulator.accessKeySecret, nonce = `nonce-${nonces++}` } = call
  const parameters: Record<string, string> = {
    Action: action,
    Version: version,
    AccessKeyId: accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: nonce,
    Timestamp: date,
    ...query,
    ...call.common,
  }
  const signature = signV1(stringToSignV1(method, Object.entries(parameters)), accessKeySecret)
  return written(method, Object.entries({ ...parameters, Signature: signature }), { host: new URL(emulator.url).host }, '')
}

function written(method: string, query: Pairs, headers: Readonly<Record<string, string>>, body: string): string {
  const target = query.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `${method} /?${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}
