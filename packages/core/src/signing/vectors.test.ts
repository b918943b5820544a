import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { percentEncode } from './percent-encode.js'
import { signV1 } from './v1.js'
import { signV3 } from './v3.js'

interface Vector {
  readonly name: string
  readonly version: 'v1' | 'v3'
  readonly method: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly headers?: Record<string, string>
  readonly canonicalUri?: string
  readonly [text: string]: unknown
}

const { vectors } = JSON.parse(readFileSync(new URL('../../test/fixtures/signature-vectors.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
}

test.each(vectors.filter(({ version }) => version === 'v1'))('v1 signs $name as published', (vector) => {
  const { canonicalizedQueryString, stringToSign, signature } = signV1(vector.method, vector.params ?? {}, vector)
  expect({ canonicalizedQueryString, stringToSign, signature }).toEqual({
    canonicalizedQueryString: vector['canonicalizedQueryString'],
    stringToSign: vector['stringToSign'],
    signature: vector['signature'],
  })
})

test.each(vectors.filter(({ version }) => version === 'v3'))('v3 signs $name as published', (vector) => {
  const request = {
    method: vector.method,
    path: vector.canonicalUri ?? '/',
    query: vector.query ?? {},
    headers: vector.headers ?? {},
    bodyHash: String(vector['hashedRequestPayload']),
  }
  const texts = signV3(request, vector)
  for (const [name, text] of Object.entries(texts)) expect({ [name]: text }).toEqual({ [name]: vector[name] })
})

describe('percent-encoding', () => {
  test('keeps the unreserved and encodes the rest', () => {
    expect(percentEncode(' ~/*-+')).toBe('%20~%2F%2A-%2B')
    expect(percentEncode("!'()*中𠮷")).toBe('%21%27%28%29%2A%E4%B8%AD%F0%A0%AE%B7')
  })

  test('turns a lone surrogate into U+FFFD', () => {
    expect(percentEncode('\uD800')).toBe('%EF%BF%BD')
  })
})
