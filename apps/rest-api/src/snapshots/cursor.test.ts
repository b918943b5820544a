import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { Cursors, type Place } from './cursor.js'

const key = new Uint8Array(32).fill(7)
const place: Place = { version: 'v1', offset: 100, question: 'q1', moment: 1_700_000_000_000 }
const invalid = expect.objectContaining({ code: 'invalid-cursor' })

describe('cursors', () => {
  test('what was written is read by the same caller for the same question', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.string(), fc.nat(), fc.string(), (version, offset, question, moment, caller) => {
        const cursors = new Cursors(key, () => 0)
        const given = { version, offset, question, moment }
        expect(cursors.read(cursors.write(given, caller), caller, question)).toEqual(given)
      }),
    )
  })

  test('any other text is refused, whatever was changed', () => {
    const cursors = new Cursors(key, () => 0)
    const text = cursors.write(place, 'key1')
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', 'b', '.', '-', ''), (at, char) => {
        const changed = text.slice(0, at) + char + text.slice(at + 1)
        fc.pre(changed !== text)
        expect(() => cursors.read(changed, 'key1', 'q1')).toThrow(invalid)
      }),
    )
    fc.assert(
      fc.property(fc.string(), (other) => {
        expect(() => cursors.read(other, 'key1', 'q1')).toThrow(invalid)
      }),
    )
  })

  test('another caller, question or key is refused', () => {
    const text = new Cursors(key, () => 0).write(place, 'key1')
    expect(() => new Cursors(key, () => 0).read(text, 'key2', 'q1')).toThrow(invalid)
    expect(() => new Cursors(key, () => 0).read(text, 'key1', 'q2')).toThrow(invalid)
    expect(() => new Cursors(new Uint8Array(32), () => 0).read(text, 'key1', 'q1')).toThrow(invalid)
  })

  test('it lasts for a day', () => {
    let now = 0
    const cursors = new Cursors(key, () => now)
    const text = cursors.write(place, 'key1')
    now = 24 * 60 * 60 * 1000
    expect(cursors.read(text, 'key1', 'q1')).toEqual(place)
    now++
    expect(() => cursors.read(text, 'key1', 'q1')).toThrow(invalid)
  })
})
