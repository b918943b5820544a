import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Crc64 } from './crc64.js'

const crc = (...pieces: readonly Uint8Array[]): string => {
  const sum = new Crc64()
  for (const piece of pieces) sum.update(Buffer.from(piece))
  return sum.digest()
}

/** As the polynomial says it, a bit at a time. */
function bitwise(bytes: Uint8Array): string {
  let value = 2n ** 64n - 1n
  for (const byte of bytes) {
    value ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0xc96c5795d7870f42n : value >> 1n
  }
  return String(value ^ (2n ** 64n - 1n))
}

test('the published check value comes out', () => {
  expect(crc(Buffer.from('123456789'))).toBe(String(0x995dc9bbdf1939fan))
})

test('it is the polynomial, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (bytes, cut) => {
      expect(crc(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(bitwise(bytes))
    }),
  )
})
