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
])('%s becomes %s', (sent, link) => {
  expect(normaliseLink(sent)).toBe(link)
})

test.each([
  '',
  '""',
  'N/A',
  'javascript:alert(1)',
  'ftp://host/a',
  'file:///etc/passwd',
  'data:text/html,x',
  'https://',
  '//',
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
  ['v1:secret', '***'],
  ['not a link', '***'],
])('%s is shown as %s', (link, shown) => {
  expect(maskLink(link)).toBe(shown)
})

test.each([
  ['no link in here?', 'no link in here?'],
  ['GET https://h.example/a?Signature=x failed', 'GET https://h.example/a?*** failed'],
  ['see (//h.example/a#x) and https://u:p@h.example/', 'see (//h.example/a?*** and https://***@h.example/'],
  ['oss://bucket/key?token=x', 'oss://bucket/key?***'],
])('in text, %s is shown as %s', (text, shown) => {
  expect(maskLinksIn(text)).toBe(shown)
})

test('text made of slashes costs no time', () => {
  expect(maskLinksIn('http://'.repeat(100_000))).toHaveLength(700_000)
})
