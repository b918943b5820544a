import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adviceTable } from '../errors/advice.js'
import { AnswerError } from '../errors/answer-error.js'
import { ServiceError } from '../errors/service-error.js'
import { unwrap } from './unwrap.js'

const refusal = (body: unknown, httpStatus = 200, requestId?: string): unknown => {
  try {
    unwrap('DescribeRegions', { httpStatus, body, requestId })
  } catch (error) {
    return error
  }
  return undefined
}

describe('a success', () => {
  test.each([
    { Success: true },
    { Success: 'true', ErrCode: 'Param.NotFound', ErrMessage: 'an example of the documentation', HttpStatusCode: 400 },
    { Code: '200' },
    { Code: '0', Success: true, Items: '' },
    { Code: 0, Success: 'true', Items: {} },
    { Code: ' OK ', Success: true, Items: [] },
    { Success: true, ErrCode: '0' },
    { Code: 200, Success: true },
    { Code: 'OK' },
    { Code: 'Success' },
    { Code: '' },
    {},
  ])('%j passes unchanged', (body) => {
    expect(unwrap('DescribeRegions', { httpStatus: 200, body })).toBe(body)
  })
})

describe('a refusal', () => {
  test.each([
    ['the gateway', 400, { Code: 'Throttling.User', Message: 'slow down', RequestId: 'R' }, 'Throttling.User'],
    ['the gateway under HTTP 200', 200, { Code: 'SignatureDoesNotMatch', Message: 'm' }, 'SignatureDoesNotMatch'],
    ['the gateway in small letters', 403, { code: 'Forbidden.RAM', message: 'm', requestId: 'R' }, 'Forbidden.RAM'],
    ['the service', 200, { Success: false, ErrCode: 'Param.NotFound', ErrMessage: 'm', RequestId: 'R' }, 'Param.NotFound'],
    ['the service over XML', 200, { Success: 'false', ErrCode: 'Param.NotFound' }, 'Param.NotFound'],
    ['the service beside a Code that is fine', 200, { Code: '200', Success: false, ErrCode: 'InvalidJobId' }, 'InvalidJobId'],
    ['nobody that says why', 503, {}, 'HTTP 503'],
  ])('by %s bears its code', (_, httpStatus, body, serviceCode) => {
    const error = refusal(body, httpStatus)
    expect(error).toBeInstanceOf(ServiceError)
    expect(error).toMatchObject({ serviceCode, httpStatus })
  })

  test('the HTTP status counts before the body', () => {
    expect(refusal({ Success: true }, 500)).toMatchObject({ serviceCode: 'HTTP 500', retryable: true })
  })

  test('Code counts before ErrCode', () => {
    expect(refusal({ Code: 'Forbidden', ErrCode: 'Param.NotFound', Success: false })).toMatchObject({ serviceCode: 'Forbidden' })
  })

  test('the request id comes from the body, else the header', () => {
    expect(refusal({ Code: 'X', RequestId: 'of-body' }, 400, 'of-header')).toMatchObject({ requestId: 'of-body' })
    expect(refusal({ Code: 'X' }, 400, 'of-header')).toMatchObject({ requestId: 'of-header' })
  })

  test.each([
    ['zero', { Success: 0, ErrCode: 'X' }],
    ['zero as text', { Success: '0', ErrCode: 'X' }],
    ['false with blanks', { Success: ' false ', ErrCode: 'X' }],
    ['nothing but an ErrCode', { ErrCode: 'X' }],
  ])('a Success of %s is a refusal', (_, body) => {
    expect(refusal(body, 200)).toMatchObject({ serviceCode: 'X' })
  })

  test('a name on the prototype is no field', () => {
    expect(refusal(JSON.parse('{"__proto__":{"Code":"X","Success":false}}'))).toBeUndefined()
  })
})

test.each([null, '', 'text', 1, []])('%j is no answer of DBS', (body) => {
  expect(refusal(body, 200, 'R')).toMatchObject({ code: 'unreadable-answer', requestId: 'R' })
  expect(refusal(body, 400)).toBeInstanceOf(AnswerError)
  expect(refusal(body, 400)).toMatchObject({ retryable: false })
})

test.each([
  [401, 'credentials-refused'],
  [403, 'no-permission'],
])('JSON of others under HTTP %i is %s, with its words', (httpStatus, code) => {
  const error = refusal({ error: 'blocked by policy', token: 'CANARY' }, httpStatus, 'R')
  expect(error).toBeInstanceOf(AnswerError)
  expect(error).toMatchObject({ code, httpStatus, requestId: 'R', retryable: false })
  expect(String(error)).toContain('blocked by policy')
  expect(String(error)).not.toContain('CANARY')
  expect(refusal({ Code: 'NeverSeen', Message: 'm' }, httpStatus)).toBeInstanceOf(ServiceError)
  expect(refusal({ Code: 'NeverSeen', Message: 'm' }, httpStatus)).toMatchObject({ code })
})

const fine = new Set(['', '0', '200', 'ok', 'success'])

test('every other Code is a refusal that bears it', () => {
  const code = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9.]{1,40}$/),
    fc.constantFrom(...Object.keys(adviceTable), '00', '0x0', '-0', '2000', '400', 'OKAY', 'Not OK', 'Success.Not', 'undefined', 'null'),
    fc.integer({ min: 1 }).map(String),
  )
  const others = fc.record({
    Success: fc.constantFrom(true, 'true', undefined),
    Items: fc.constantFrom([], '', {}),
    ErrCode: fc.constantFrom('0', ''),
  })
  fc.assert(
    fc.property(code, others, (Code, rest) => {
      fc.pre(!fine.has(Code.toLowerCase()))
      expect(refusal({ ...rest, Code })).toMatchObject({ serviceCode: Code })
    }),
  )
})
