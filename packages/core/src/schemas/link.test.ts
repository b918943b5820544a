import { expect, test } from 'vitest'
import { maskLink, maskLinksIn, normaliseLink } from './link.js'

test.each([
  ['"//dbs-137-cn-hangzhou.oss-cn-hangzhou.example"', 'https://dbs-137-cn-hangzhou.oss-cn-hangzhou.example'],
  ['176.x.x.x', 'https://176.x.x.x'],
  ['https://host.example/a?Signature=b%2Fc', 'https://host.example/a?Signature=b%2Fc'],
  [' “http://host.example/a” ', 'http://host.example/a'],
  ['host.example:8080/a', 'https://host.example:8080/a'],
  ['HTTPS://Host.example/A', 'HTTPS://Host.example/A'],
  ['//[::1]:80/a', 'https://[::1]:80/a'],
  ['[::1]/a', 'https://[::1]/a'],
  ['localhost:8080', 'https://localhost:8080'],
  ['host.example?a', 'https://host.example?a'],
  ['&quot;//host.example/a;b&quot;', 'https://host.example/a;b'],
  ['&quot;"host.example/a?b=&quot;', 'https://host.example/a?b='],
  ['https://localhost/a', 'https://localhost/a'],
])('%s becomes %s', (sent, link) => {
  expect(normaliseLink(sent)).toBe(link)
})

test.each([
  '',
  '""',
  '&quot;&quot;',
  'N/A',
  'n/a',
  'null',
  'undefined',
  'none',
  '-',
  '--',
  '.',
  '...',
  '0',
  'false',
  'a sentence. With a dot',
  'javascript:alert(1)',
  'ftp://host/a',
  'file:///etc/passwd',
  'data:text/html,x',
  'https://',
  'https:///path',
  'https:host.example',
  'https://?a=b',
  '//',
  '///a.b/c',
  'https://a/\nb',
  'java\tscript:x',
])('%j is no link', (sent) => {
  expect(normaliseLink(sent)).toBeUndefined()
})

test('a long run of blanks costs no time', () => {
  expect(normaliseLink(`a${' '.repeat(1_000_000)}b"`)).toBeUndefined()
})

test.each([
  ['https://host.example/a/b.tar.gz', 'https://host.example/a/b.tar.gz'],
  ['https://host.example/a?Signature=x', 'https://host.example/a?***'],
  ['https://host.example/a#token=x', 'https://host.example/a?***'],
  ['https://host.example?x', 'https://host.example/?***'],
  ['https://user:word@host.example/a', 'https://host.example/a?***'],
  ['https://:word@host.example/a', 'https://host.example/a?***'],
  ['https://h/f;sig=abc?x', 'https://h/f?***'],
  ['https://host.example/a;sig=abc/b', 'https://host.example/a?***'],
  ['https://host.example/a%3Bsig=abc', 'https://host.example/a?***'],
  ['v1:secret', '***'],
  ['not a link', '***'],
])('%s is shown as %s', (link, shown) => {
  expect(maskLink(link)).toBe(shown)
})

test.each([
  ['no link in here?', 'no link in here?'],
  ['GET https://h.example/a?Signature=x failed', 'GET https://h.example/a?*** failed'],
  ['see (//h.example/a#x) and https://u:p@h.example/', 'see (//h.example/a?*** and https://***@h.example/'],
  ['see https://h.example/f;sig=abc?x now', 'see https://h.example/f?*** now'],
  ['oss://bucket/key?token=x', 'oss://bucket/key?***'],
])('in text, %s is shown as %s', (text, shown) => {
  expect(maskLinksIn(text)).toBe(shown)
})

test('a long run of quote marks costs no time', () => {
  expect(normaliseLink(`a${'&quot;'.repeat(200_000)}b`)).toBeUndefined()
  expect(normaliseLink('&quot;'.repeat(200_000))).toBeUndefined()
})

test.each(['.', 'a.', 'a:1', '[', '[:'])('a long run of %j costs no time', (text) => {
  expect(() => normaliseLink(text.repeat(200_000))).not.toThrow()
})

test('text made of slashes costs no time', () => {
  expect(maskLinksIn('http://'.repeat(100_000))).toHaveLength(700_000)
})
