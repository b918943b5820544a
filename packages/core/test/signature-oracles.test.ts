import { OpenApiUtil } from '@alicloud/openapi-core'
import openapiUtil from '@alicloud/openapi-util'
import RpcClient from '@alicloud/pop-core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha256Hex, signV3 } from '../src/signing/v3.js'
import { signV1 } from '../src/signing/v1.js'
import { httpAnswer, startRawServer } from './raw-server.js'

// What the vendor's own packages sign is what the gateway takes; we agree with three of them, which were written apart.

type Texts = Record<string, string>
/** The vendor's request model, as far as its signer reads it. */
interface VendorRequest {
  method: string
  pathname: string
  query: Texts
  headers: Texts
}
interface VendorUtil {
  getAuthorization: (request: VendorRequest, algorithm: string, payload: string, accessKeyId: string, secret: string) => string
  getRPCSignature: (parameters: Texts, method: string, secret: string) => string
}

const utils: readonly (readonly [string, VendorUtil])[] = [
  ['@alicloud/openapi-util', openapiUtil as unknown as VendorUtil],
  ['@alicloud/openapi-core', OpenApiUtil as unknown as VendorUtil],
]

const odd = fc.constantFrom('!', "'", '(', ')', '*', '~', '+', '%', ' ', '&', '=', ':', '/', '中', '𠮷', '😀', 'é')
const value = fc.string({ unit: fc.oneof(odd, fc.string({ unit: 'grapheme', maxLength: 1 })), maxLength: 12 })
const ascii = fc.string({ unit: fc.constantFrom('A', 'Z', 'a', 'x', 'z', '0', '9', '-', '_', '.', '~'), minLength: 1, maxLength: 12 })
// The vendor sorts by UTF-16 units, we by code points as the specification says. The two differ only where a character beyond U+FFFF meets one of
// U+E000 to U+FFFF: names are drawn without the latter. (And it loses a parameter that is named __proto__.)
const isSortedAlike = (name: string): boolean => !/[\uE000-\uFFFF]/.test(name)
const name = value.filter((text) => text !== '' && text !== '__proto__' && isSortedAlike(text))
const method = fc.constantFrom('GET', 'POST')
const accessKey = fc.record({ accessKeyId: ascii, accessKeySecret: fc.string({ minLength: 1 }) })
const thousands = { numRuns: 2000 }

describe.each(utils)('v3 agrees with %s', (_, util) => {
  test('on names, values and headers', () => {
    // It encodes values and leaves names as they are, so names hold only what encoding keeps.
    const query = fc.dictionary(ascii, value, { maxKeys: 6, noNullPrototype: true })
    const headers = fc.dictionary(
      fc.oneof(
        fc.constantFrom('Host', 'content-type', 'Accept', 'x-acs-action', 'X-Acs-Action', 'X-ACS-ACTION'),
        ascii,
        ascii.map((end) => `x-acs-${end}`),
      ),
      value.filter(isSortedAlike), // several values of one name are sorted too
      { maxKeys: 8, noNullPrototype: true },
    )
    fc.assert(
      fc.property(method, query, headers, fc.string(), accessKey, (verb, given, sent, body, key) => {
        const bodyHash = sha256Hex(body)
        const theirs = util.getAuthorization(
          { method: verb, pathname: '/', query: given, headers: sent },
          'ACS3-HMAC-SHA256',
          bodyHash,
          key.accessKeyId,
          key.accessKeySecret,
        )
        expect(signV3({ method: verb, query: given, headers: sent, bodyHash }, key).authorization).toBe(theirs)
      }),
      thousands,
    )
  })
})

describe.each(utils)('v1 agrees with %s', (_, util) => {
  test('on names and values', () => {
    fc.assert(
      fc.property(method, fc.dictionary(name, value, { maxKeys: 8, noNullPrototype: true }), accessKey, (verb, parameters, key) => {
        expect(signV1(verb, parameters, key).signature).toBe(util.getRPCSignature(parameters, verb, key.accessKeySecret))
      }),
      thousands,
    )
  })
})

test.each(['GET', 'POST'] as const)('v1 agrees with @alicloud/pop-core on a %s it sends', async (verb) => {
  await using server = await startRawServer((socket) => socket.write(httpAnswer('{}')))
  // It signs and sends in one, so each is sent; it upper-cases the first letter of a name unless told not to, and flattens what is no text.
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }),
      accessKey,
      fc.option(ascii),
      async (given, key, securityToken) => {
        const client = new RpcClient({
          endpoint: server.url.origin,
          apiVersion: '2019-03-06',
          ...key,
          ...(securityToken !== null && { securityToken }),
        })
        await client.request('DescribeRegions', given, { method: verb, formatParams: false })
        const sent = server.requests.at(-1)
        const query = verb === 'POST' ? sent?.body : sent?.requestLine.split(' ')[1]?.slice('/?'.length)
        const { Signature, ...parameters } = Object.fromEntries(
          (query ?? '').split('&').map((pair) => pair.split('=').map(decodeURIComponent)),
        )
        expect(parameters).toMatchObject({ Action: 'DescribeRegions', ...(securityToken !== null && { SecurityToken: securityToken }) })
        expect(signV1(verb, parameters as Texts, key).signature).toBe(Signature)
      },
    ),
    { numRuns: 500 },
  )
})
