import { expect, test } from 'vitest'
import { AnswerError } from '../errors/answer-error.js'
import { decode } from './decode.js'

const read = (body: string | Uint8Array, contentType?: string, httpStatus = 200) =>
  decode({ bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body, contentType, httpStatus })

const refusal = async (...answer: Parameters<typeof read>): Promise<AnswerError> => {
  const error: unknown = await read(...answer).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AnswerError)
  return error as AnswerError
}

test.each([
  ['JSON', '{"a":1}', 'application/json;charset=utf-8', { a: 1 }],
  ['JSON that says it is XML', ' {"a":1}', 'text/xml', { a: 1 }],
  ['JSON that says it is a web page', '{"a":1}', 'text/html', { a: 1 }],
  ['JSON that says nothing', '{"a":12345678901234567890}', undefined, { a: '12345678901234567890' }],
  ['JSON behind a byte order mark', '\uFEFF{"a":"\uFEFF"}', 'application/json', { a: '\uFEFF' }],
  ['XML', '<R><a>1</a></R>', 'text/xml;charset=utf-8', { a: '1' }],
  ['XML that says it is JSON', '\n<?xml version="1.0"?><R><a>1</a></R>'.trimStart(), 'application/json', { a: '1' }],
  ['XML behind a byte order mark', '\uFEFF<R><a>中𠮷</a></R>', undefined, { a: '中𠮷' }],
])('%s is read by what came', async (_, body, contentType, value) => {
  expect(await read(body, contentType)).toEqual(value)
})

test.each([
  ['nothing', '', 'nothing'],
  ['white space', ' \r\n', 'nothing'],
  ['a web page', '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', 'web page'],
  ['a web page without doctype', '<html lang="en"></html>', 'web page'],
  ['cut-off JSON', '{"Items":{"BackupSetDownloadTaskDetail":[{"a":1},', 'cut off'],
  ['cut-off XML', '<R><Items><Backup', 'no whole XML'],
  ['a DOCTYPE', '<!DOCTYPE R SYSTEM "http://127.0.0.1/x"><R/>', 'DOCTYPE'],
  ['deep nesting', '['.repeat(100_000), 'nests deeper'],
  ['plain words', 'upstream connect error', 'cut off or broken'],
  ['other bytes than UTF-8', Uint8Array.of(0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x3a, 0x31, 0x7d), 'no UTF-8'],
])('%s is told with status and code', async (_, body, words) => {
  const error = await refusal(body, undefined, 502)
  expect(error).toMatchObject({ code: 'unreadable-answer', httpStatus: 502 })
  expect(error.message).toContain(words)
  expect(error.cause).toBeUndefined()
})

test.each([
  [200, true],
  [400, false],
  [403, false],
  [408, true],
  [429, true],
  [500, true],
  [502, true],
])('unreadable under HTTP %i is retryable: %s', async (httpStatus, retryable) => {
  expect(await refusal('<html>', 'text/html', httpStatus)).toMatchObject({ retryable })
})

test.each([
  [401, 'credentials-refused'],
  [403, 'no-permission'],
  [429, 'throttled'],
])('a page under HTTP %i is %s, with its words', async (httpStatus, code) => {
  const error = await refusal('<html><h1>Access denied by Squid</h1></html>', 'text/html', httpStatus)
  expect(error).toMatchObject({ code, httpStatus, excerpt: expect.stringContaining('Access denied by Squid') as string })
  expect(error.hint).toContain('a proxy or gateway before')
  expect(await refusal('', undefined, httpStatus)).toMatchObject({ code })
  expect(await refusal('Forbidden', 'text/plain', httpStatus)).toMatchObject({ code })
})

test('a DOCTYPE is not asked for twice', async () => {
  expect(await refusal('<!DOCTYPE R><R/>')).toMatchObject({ retryable: false })
})

test('the excerpt is short and holds no secret', async () => {
  const body = `{"Url":"https://h/f?Expires=1&Signature=CANARY1","Bare":"//h/f?Signature=CANARY2&OSSAccessKeyId=x","SecurityToken":"CANARY3",\u001B[31m"Signature" : "CANARY4"${' x'.repeat(500)}`
  const error = await refusal(body)
  expect(error.message).not.toMatch(/CANARY/)
  // oxlint-disable-next-line no-control-regex -- they must be gone
  expect(error.message).not.toMatch(/[\u0000-\u001F]/)
  expect(error.excerpt?.length).toBeLessThanOrEqual(201)
})

test('names inside XML that is refused are made harmless', async () => {
  expect((await refusal('<R><\u001B[31m></R>')).message).not.toContain('\u001B')
})
