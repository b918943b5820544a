import { isUtf8 } from 'node:buffer'
import { AnswerError } from '../errors/answer-error.js'
import { redactText } from '../errors/redact-text.js'
import { isTransientStatus } from '../errors/transient-status.js'
import { parseExactJson } from './json.js'

/** An answer's body as it came. */
export interface Undecoded {
  readonly bytes: Uint8Array
  readonly contentType: string | undefined
  readonly httpStatus: number
}

/**
 * Bytes to plain values, by what came and never by what was asked: a gateway may answer JSON with XML, and a proxy either with a web page.
 * XML comes without its root.
 * @throws AnswerError when they are neither JSON nor XML, not whole, or no UTF-8
 */
export async function decode({ bytes, contentType = '', httpStatus }: Undecoded): Promise<unknown> {
  const body = withoutBom(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const unreadable = (what: string, retryable = true): AnswerError =>
    new AnswerError(`${what} (HTTP ${httpStatus}).`, {
      excerpt: body.toString('utf8', 0, 2000),
      httpStatus,
      retryable: retryable && isTransientStatus(httpStatus),
    })
  const beginning = body.toString('utf8', 0, 200).trimStart()
  if (beginning === '' && body.toString().trim() === '') throw unreadable('DBS answered with nothing')
  const isMarkup = beginning.startsWith('<')
  if (isMarkup && (/^<(?:!doctype\s+)?html\b/i.test(beginning) || /text\/html/i.test(contentType))) {
    throw unreadable('DBS answered with a web page')
  }
  if (!isUtf8(bytes)) throw unreadable('DBS answered with bytes that are no UTF-8')
  const { parseXml } = isMarkup ? await import('./xml.js') : {} // 7 ms that a JSON answer need not pay
  try {
    return parseXml === undefined ? parseExactJson(body) : parseXml(body.toString()).value
  } catch (error) {
    // What JSON.parse says quotes the text, past all redaction.
    const why = error instanceof SyntaxError || !(error instanceof Error) ? 'it is cut off or broken' : redactText(error.message, 120)
    throw unreadable(`DBS answered with ${isMarkup ? 'XML' : 'JSON'} that cannot be read: ${why}`, !why.includes('DOCTYPE'))
  }
}

const withoutBom = (bytes: Buffer): Buffer => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes)
