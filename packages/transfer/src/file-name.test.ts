import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileNameOf } from './file-name.js'

test.each([
  ['urxb3lefzmm', 'urxb3lefzmm.tar.gz'],
  ['a.b_c-D9', 'a.b_c-D9.tar.gz'],
  ['../../etc/passwd', '..%2F..%2Fetc%2Fpasswd.tar.gz'],
  ['a%2Fb', 'a%252Fb.tar.gz'],
  ['数', '%E6%95%B0.tar.gz'],
])('%s is named %s', (id, name) => expect(fileNameOf(id)).toBe(name))

test.each(['', 'x'.repeat(201)])('no name is made of %j', (id) => expect(() => fileNameOf(id)).toThrow(/^The task id is /))

test('ids that differ have names that differ, in the folder', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }), (id) => {
      const name = fileNameOf(id)
      expect(name).toMatch(/^(?:[\w.-]|%[\dA-F]{2})+\.tar\.gz$/)
      expect(decodeURIComponent(name)).toBe(`${Buffer.from(id).toString()}.tar.gz`)
    }),
  )
})
