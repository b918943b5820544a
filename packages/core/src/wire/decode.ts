import { AnswerError } from '../errors/answer-error.js'
import { parseExactJson } from './json.js'

export interface Undecoded {
  readonly bytes: Uint8Array
  readonly contentType: string | undefined
  readonly httpStatus: number
}

/**
 * Bytes to plain values: by content type, then by the first byte, never by what was asked. XML comes without its root.
 * @throws AnswerError when they are neither JSON nor XML, or not whole; retryable but for a DOCTYPE
 */
export async function decode({ bytes, contentType = '', httpStatus }: Undecoded): Promise<unknown> {
  const text = new TextDecoder().decode(bytes) // takes a BOM off
  const first = text.trimStart().slice(0, 9).toLowerCase()
  if (first === '') throw unreadable('DBS answered with nothing', text, httpStatus)
  const isHtml = /^(?:<!doctype|<html)/.test(first) && !/<!doctype\s+(?!html)/i.test(text.trimStart().slice(0, 40))
  if (isHtml || /text\/html/i.test(contentType)) throw unreadable('DBS answered with a web page', text, httpStatus)
  const asXml = /[/+]xml\b/i.test(contentType) ? !/^[{[]/.test(first) : first.startsWith('<')
  try {
    if (!asXml) return parseExactJson(text.startsWith('\uFEFF') ? text.slice(1) : text)
    const { parseXml } = await import('./xml.js') // 7 ms that a JSON answer need not pay
    return parseXml(text).value
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is cut off or broken' : error instanceof Error ? error.message : 'it is broken'
    throw unreadable(`DBS answered with ${asXml ? 'XML' : 'JSON'} that cannot be read: ${why}`, text, httpStatus, !why.includes('DOCTYPE'))
  }
}

const unreadable = (what: string, text: string, httpStatus: number, retryable = true): AnswerError =>
  new AnswerError(`${what} (HTTP ${httpStatus}).`, { excerpt: text.slice(0, 2000), httpStatus, retryable })
