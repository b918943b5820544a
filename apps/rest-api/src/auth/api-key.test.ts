import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf, isSecretOf, keyText, makeKey, parseKey } from './api-key.js'

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))

test('a key that was made is read back', () => {
  const key = makeKey()
  expect(parseKey(keyText(key))).toEqual(key)
  expect(isSecretOf(key.secret, Buffer.from(hashOf(key.secret), 'hex'))).toBe(true)
})

test('every id and secret of the form survives', () => {
  fc.assert(
    fc.property(hex(12), hex(64), (id, secret) => {
      expect(parseKey(keyText({ id, secret }))).toEqual({ id, secret })
    }),
  )
})

test('other text is no key, and nothing is read twice', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^bsk_[\w-]*_[\w-]*$/)), (text) => {
      const key = parseKey(text)
      if (key !== undefined) expect(keyText(key)).toBe(text)
    }),
  )
})

test('a key with one character changed, more or less opens nothing', () => {
  const { id, secret } = makeKey()
  const sha256 = Buffer.from(hashOf(secret), 'hex')
  fc.assert(
    fc.property(fc.nat({ max: 63 }), hex(1), (at, digit) => {
      const other = secret.slice(0, at) + digit + secret.slice(at + 1)
      expect(isSecretOf(other, sha256)).toBe(other === secret)
    }),
  )
  for (const text of [
    `bsk_${id}_${secret}0`,
    `bsk_${id}_${secret.slice(1)}`,
    ` bsk_${id}_${secret}`,
    `bsk_${id}_${secret}\n`,
    `BSK_${id}_${secret}`,
  ]) {
    expect(parseKey(text)).toBeUndefined()
  }
})

test('two keys share nothing', () => {
  const [one, other] = [makeKey(), makeKey()]
  expect(one.id).not.toBe(other.id)
  expect(one.secret).not.toBe(other.secret)
})
