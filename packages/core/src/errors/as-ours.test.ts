import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { asOurs } from './as-ours.js'
import { InputError } from './input-error.js'

test('an error of ours stays what it is', () => {
  const error = new InputError('no')
  expect(asOurs(error)).toBe(error)
})

test('what is foreign is internal, and shows where', () => {
  const error = asOurs(new TypeError('x is not a function'))
  expect(error).toMatchObject({ code: 'internal', retryable: false, message: expect.stringContaining('TypeError: x is not a function') })
  expect(error.stack).toContain('as-ours.test.ts')
})

test('what is foreign passes on no secret', () => {
  const thrown = new Error('GET https://user:canary@host/?a=canary failed, AccessKeySecret=canary', { cause: new Error('canary') })
  expect(inspect(asOurs(Object.assign(thrown, { config: { secret: 'canary' } })), { depth: 9 })).not.toContain('canary')
})

test.each([undefined, null, 'text', 7])('even %j becomes an error', (thrown) => {
  expect(asOurs(thrown)).toMatchObject({ code: 'internal' })
})
