import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskLink } from './link.js'

test.each([
  ['https://files.example.com/a/urx1.tar.gz?Expires=1&Signature=canary', 'https://files.example.com/a/urx1.tar.gz?***'],
  ['https://files.example.com/a/urx1.tar.gz#canary', 'https://files.example.com/a/urx1.tar.gz?***'],
  ['https://files.example.com/a/urx1.tar.gz', 'https://files.example.com/a/urx1.tar.gz'],
  ['https://me:canary@files.example.com/a', 'https://files.example.com/a?***'],
  ['https://files.example.com?canary', 'https://files.example.com/?***'],
  ['http://127.0.0.1:8899/a/../b?canary', 'http://127.0.0.1:8899/b?***'],
  ['https://files.example.com/a%2Fb?canary', 'https://files.example.com/a%2Fb?***'],
  ['canary', '***'],
  ['//files.example.com/a?canary', '***'],
])('%s is masked as %s', (link, masked) => {
  expect(maskLink(link)).toBe(masked)
})

/** What the URL parser alone makes of a link. */
function parsed(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : undefined
  if (url === undefined) return '***'
  return `${url.protocol}//${url.host}${url.pathname}${url.search + url.hash + url.username === '' ? '' : '?***'}`
}

const anyLink = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .string({ unit: fc.constantFrom('https://', 'a', 'B', '.', '/', '..', '?', '#', '%2e', '@', ':', '80', '-', ' ', '\n', '\\', '中') })
    .map((rest) => `https://a.b/${rest}`),
  fc.string({ unit: fc.constantFrom('a', '.', '/', '?', '#', '@', ':', '1', '-', 'xn--') }).map((rest) => `https://${rest}`),
)

test('the quick look agrees with the URL parser', () => {
  fc.assert(
    fc.property(anyLink, (link) => {
      expect(maskLink(link)).toBe(parsed(link))
    }),
    { numRuns: 2000 },
  )
})
