import {
  abortErrorOf,
  connectionErrorOf,
  DbsError,
  redactText,
  retryAfterMs,
  startDeadline,
  TimedOutError,
  type Clock,
} from '@backset/core'
import type { Dispatcher } from 'undici'
import { httpGet, type Headers, type HttpAnswer, type TakeChunk } from './http-get.js'
import { checkLink, type Permissions } from './link-guard.js'
import { LinkRefusedError } from './link-refused-error.js'
import type { Range } from './ranges.js'
import { FileChanged, NoLength, NoRanges, StaleLink } from './setbacks.js'
import { strongEtag } from './strong-etag.js'
import { WrongFileError } from './wrong-file-error.js'

/** How hosts are reached, and which may be. */
export interface Road {
  readonly dispatcherFor: (url: URL) => Dispatcher
  readonly permissions: Permissions
}

/** The file the bytes so far belong to. */
export interface Bound {
  readonly etag: string
  readonly size: number
  /** Its host has given ranges of it. */
  readonly inRanges: boolean
}

export interface RangeRequest {
  /** Asked with GET alone: a signed link may be good for nothing else. */
  readonly link: string
  /** Undefined: the whole file. */
  readonly range: Range | undefined
  /** Undefined when there are no bytes so far. */
  readonly bound: Bound | undefined
  /** How long a host may be silent. */
  readonly silenceMs: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** An answer whose head was checked; its body is read, or closed. */
export interface RangeAnswer {
  /** The bytes that come. */
  readonly range: Range
  /** Of the whole file. */
  readonly size: number
  /** A strong one; weak ones do not tell whether bytes are the same (RFC 9110, 8.8.1). */
  readonly etag: string | undefined
  /** All of the file at once. */
  readonly isWhole: boolean
  /** Of whole answers alone: with a range it is not agreed what it is of. */
  readonly contentMd5: string | undefined
  /** Of the whole file, in each answer. */
  readonly crc64: string | undefined
  /** Where the bytes come from in the end, with its port. */
  readonly host: string
  /** Hands over the bytes of the range, exactly as many. */
  readonly deliver: (take: TakeChunk) => Promise<void>
  readonly close: () => void
}

/** A transient failure, and what the host says to wait. */
export class TransientError extends DbsError {
  override readonly name = 'TransientError'
  readonly throttled: boolean

  constructor(host: string, httpStatus: number, waitMs: number | undefined) {
    const throttled = httpStatus === 429 || httpStatus === 503
    super(httpStatus === 429 ? 'throttled' : 'service-unavailable', `${host} answered HTTP ${httpStatus} to a request for the file.`, {
      httpStatus,
      retryable: true,
      hint: 'Try again later; what has come is kept.',
    })
    this.throttled = throttled
    this.retryAfterMs = waitMs
  }
}

const mostRedirects = 3

/** The hint for a host that cannot be reached, or breaks off. */
const onTheWay =
  'Check the network to that host and the proxy variables (HTTPS_PROXY, HTTP_PROXY, NO_PROXY); --network intranet or internet names the other link. Another fetch goes on from what has come.'

/**
 * Asks for a range and checks that the answer is that range of that file.
 * @throws StaleLink, FileChanged, NoRanges: see setbacks.ts; ConnectionError; TransientError; LinkRefusedError; WrongFileError
 */
export async function askForRange(road: Road, request: RangeRequest): Promise<RangeAnswer> {
  const { range, bound, signal, silenceMs } = request
  let url = new URL(request.link)
  for (let redirects = 0; ; redirects++) {
    checkLink(url, road.permissions)
    const { origin, pathname, search, host } = url
    const headers = {
      'accept-encoding': 'identity', // ranges and checksums are of the file as it lies there
      ...(range === undefined ? {} : { range: `bytes=${range.from}-${range.to - 1}` }),
      ...(bound === undefined ? {} : { 'if-match': bound.etag }),
    }
    const asked = httpGet(road.dispatcherFor(url), { origin, path: `${pathname}${search}`, headers, silenceMs, signal })
    const answer = await asked.catch((error: unknown) => {
      throw signal.aborted ? abortErrorOf(signal) : (refusalOf(error) ?? connectionErrorOf(host, error, onTheWay))
    })
    const location = redirectOf(answer)
    if (location === undefined) return await checked(answer, host, request)
    answer.close()
    if (redirects === mostRedirects) throw new LinkRefusedError(host, `it redirects more than ${mostRedirects} times`)
    if (location === '' || !URL.canParse(location, url.href)) throw new LinkRefusedError(host, 'it redirects to no address')
    url = new URL(location, url) // nothing is sent there but the range
  }
}

function redirectOf({ statusCode, headers }: HttpAnswer): string | undefined {
  return [301, 302, 303, 307, 308].includes(statusCode) ? (header(headers, 'location') ?? '') : undefined
}

async function checked(answer: HttpAnswer, host: string, request: RangeRequest): Promise<RangeAnswer> {
  try {
    const { statusCode, headers } = answer
    if (statusCode !== 200 && statusCode !== 206) throw await failureOf(answer, host, request)
    const type = header(headers, 'content-type') ?? ''
    if (/^text\/html\b/i.test(type))
      throw new WrongFileError(`${host} sent a web page in place of the file.`, {
        hint: 'A proxy or a login page may stand between; see where the link leads.',
        spoilt: false,
      })
    const encoding = header(headers, 'content-encoding') ?? 'identity'
    if (encoding.toLowerCase() !== 'identity')
      throw new WrongFileError(`${host} sent the file encoded as ${redactText(encoding, 20)}, which was not asked for.`, { spoilt: false })
    const etag = strongEtag(header(headers, 'etag'))
    const head = statusCode === 206 ? partOf(headers, host, request) : wholeOf(headers, host)
    if (request.bound !== undefined && head.isWhole) throw new NoRanges('It ignores Range.')
    if (request.bound !== undefined && etag === undefined) throw new NoRanges('It does not name the file it sends a range of.')
    if (request.bound !== undefined && (etag !== request.bound.etag || head.size !== request.bound.size)) throw new FileChanged()
    return {
      ...head,
      etag,
      contentMd5: head.isWhole ? header(headers, 'content-md5') : undefined,
      crc64: header(headers, 'x-oss-hash-crc64ecma'),
      host,
      deliver: (take) => deliverExactly(answer, head.range.to - head.range.from, take, { host, signal: request.signal }),
      close: answer.close,
    }
  } catch (error) {
    answer.close()
    throw error
  }
}

type Head = Pick<RangeAnswer, 'range' | 'size' | 'isWhole'>

/** A 206 counts only as what was asked for: a server that answers with other bytes has not understood. */
function partOf(headers: Headers, host: string, { range, bound }: RangeRequest): Head {
  const [, first, last, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(header(headers, 'content-range') ?? '') ?? []
  if (range === undefined || first === undefined)
    throw new WrongFileError(`${host} answered 206 without saying which bytes of how many these are.`, { spoilt: false })
  const [from, to, size] = [Number(first), Number(last) + 1, Number(total)]
  if (bound !== undefined && size !== bound.size) throw new FileChanged()
  const announced = header(headers, 'content-length')
  if (from !== range.from || to !== Math.min(range.to, size) || (announced !== undefined && Number(announced) !== to - from))
    throw new WrongFileError(
      `${host} was asked for bytes ${range.from} to ${range.to - 1} and sent others: ${first} to ${last} of ${total}.`,
      { spoilt: false },
    )
  return { range: { from, to }, size, isWhole: false }
}

function wholeOf(headers: Headers, host: string): Head {
  const announced = header(headers, 'content-length')
  if (announced === undefined || !/^\d{1,15}$/.test(announced)) throw new NoLength(host)
  const size = Number(announced)
  return { range: { from: 0, to: size }, size, isWhole: true }
}

async function failureOf(answer: HttpAnswer, host: string, { range, bound, clock, signal }: RangeRequest): Promise<Error> {
  const { statusCode, headers } = answer
  if (statusCode === 412) return new FileChanged()
  if (statusCode === 416) {
    if (bound !== undefined) return new FileChanged()
    // An empty file has no first byte to ask for.
    return range?.from === 0 && /^bytes \*\/0$/.test(header(headers, 'content-range') ?? '')
      ? new NoRanges('It is empty.')
      : new WrongFileError(`${host} says that the file has no bytes where its first ones are (HTTP 416).`)
  }
  if (statusCode === 408 || statusCode === 429 || statusCode >= 500)
    return new TransientError(host, statusCode, retryAfterMs(flat(headers), clock.now()))
  if (statusCode >= 400) return new StaleLink(statusCode, await wordIn(answer, clock, signal))
  return new WrongFileError(`${host} answered HTTP ${statusCode} to a request for the file.`, { spoilt: false })
}

/** How long a host may take to say why it refuses, ms. */
const wordMs = 2000

/** The host's own word for its refusal, as object storage says it. */
async function wordIn({ deliver, close }: HttpAnswer, clock: Clock, signal: AbortSignal): Promise<string | undefined> {
  let text = ''
  using limit = startDeadline(clock, wordMs, () => new TimedOutError(wordMs), signal)
  limit.signal.addEventListener('abort', close, { once: true })
  try {
    await deliver((chunk) => {
      text += chunk.toString('latin1')
      if (text.length > 4096) close()
      return undefined
    })
  } catch {
    // The status says enough.
  }
  return /<Code>([\w.]{1,60})<\/Code>/.exec(text)?.[1]
}

interface Source {
  readonly host: string
  readonly signal: AbortSignal
}

/** Passes on as many bytes as were announced: fewer are a broken connection, more are another file. */
async function deliverExactly(answer: HttpAnswer, length: number, take: TakeChunk, { host, signal }: Source): Promise<void> {
  let left = length
  try {
    await answer.deliver((chunk) => {
      left -= chunk.length
      if (left < 0) throw new WrongFileError(`${host} sent more bytes than it announced.`)
      return take(chunk)
    })
  } catch (error) {
    if (signal.aborted) throw abortErrorOf(signal)
    throw error instanceof DbsError ? error : connectionErrorOf(host, error, onTheWay)
  }
  if (left > 0) throw connectionErrorOf(host, Object.assign(new Error('short'), { code: 'UND_ERR_SOCKET' }), onTheWay)
}

/** The guard's refusal, which a socket passes on. */
function refusalOf(error: unknown): LinkRefusedError | undefined {
  if (error instanceof LinkRefusedError) return error
  if (error instanceof AggregateError) return error.errors.map(refusalOf).find((one) => one !== undefined)
  return error instanceof Error && error.cause !== undefined ? refusalOf(error.cause) : undefined
}

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

const flat = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.keys(headers).map((name) => [name, header(headers, name) ?? '']))
