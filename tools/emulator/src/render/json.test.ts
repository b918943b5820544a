import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Tree } from '../world/wire.js'
import { toJson } from './json.js'

test('writes what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      // Names of members are the API's and never need an escape.
      const plain = JSON.parse(JSON.stringify(value), (_, child: unknown) => renamed(child)) as Tree
      expect(toJson(plain)).toBe(JSON.stringify(plain))
    }),
  )
})

function renamed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.values(value).map((child: unknown, index) => [`Name${index}`, child]))
}

test('writes a Long with all its digits', () => {
  expect(toJson({ Id: 9_223_372_036_854_775_807n })).toBe('{"Id":9223372036854775807}')
})

test('escapes each character that needs it', () => {
  const characters = Array.from({ length: 2 ** 16 }, (_, code) => `a${String.fromCharCode(code)}z`)
  expect(toJson([...characters, '𝄞'])).toBe(JSON.stringify([...characters, '𝄞']))
})
