import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { explainSignatureMismatch } from '../src/errors/signature-mismatch.js'
import { DbsError, NotFoundError, ServiceError } from '../src/index.js'

const list = 'DescribeBackupSetDownloadTaskList'
const refusal = {
  serviceCode: 'Param.NotFound',
  text: 'The specified parameter BackupPlanId value is not valid.',
  httpStatus: 200,
  requestId: 'R-1',
}

test('a refusal says what was refused, why, what next', () => {
  const error = new ServiceError(list, refusal)
  expect(error).toBeInstanceOf(DbsError)
  expect(error.toJSON()).toEqual({
    code: 'not-found',
    serviceCode: 'Param.NotFound',
    message: `${list} was refused with Param.NotFound: The specified parameter BackupPlanId value is not valid.`,
    requestId: 'R-1',
    httpStatus: 200,
    retryable: false,
    hint: 'List what there is: backset plans, then backset list --plan ID.',
  })
  expect(error.throttled).toBe(false)
  expect(new ServiceError(list, { ...refusal, serviceCode: 'Throttling.User' }).throttled).toBe(true)
})

const stringToSign = 'POST&%2F&AccessKeyId%3DLTAIx%26SecurityToken%3DCanaryToken'
const mismatch = {
  serviceCode: 'SignatureDoesNotMatch',
  text: `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
  httpStatus: 400,
}

test('the text that was signed is kept, but never shown', () => {
  const error = new ServiceError(list, mismatch)
  expect(error.stringToSign).toBe(stringToSign)
  expect(error.message).toMatch(/server string to sign is: \*\*\*$/)
  expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + String(error.stack)).not.toMatch(/Canary|LTAI/)
})

test.each([
  ['See https://x.example/f?Signature=Canary&Expires=1 for more', 'See https://x.example/f?*** for more'],
  ['See https://x.example/f;sig=Canary/g for more', 'See https://x.example/f?*** for more'],
  ['from https://user:Canary@x.example/f', 'from https://***@x.example/f'],
  ['SecurityToken=Canary is bad', 'SecurityToken=*** is bad'],
  ['one\u001B[2Jtwo\r\nthree\u202Efour', 'one [2Jtwo three four'],
])('what the service says is made harmless: %#', (text, shown) => {
  const { message } = new ServiceError(list, { serviceCode: 'X', text })
  expect(message).toBe(`${list} was refused with X: ${shown}`)
})

test('a flood of words is bounded', () => {
  const flood = 'x'.repeat(100_000)
  const error = new ServiceError(list, { serviceCode: flood, text: flood, requestId: `${flood}\n` })
  expect(JSON.stringify(error).length).toBeLessThan(1500)
})

test('equal texts mean that the secret is wrong', () => {
  expect(explainSignatureMismatch(stringToSign, stringToSign)).toContain('the AccessKeySecret is wrong')
  expect(explainSignatureMismatch('ACS3-HMAC-SHA256\\nabc ', 'ACS3-HMAC-SHA256\nabc')).toContain('the AccessKeySecret is wrong')
})

test('other texts mean that the signing is wrong', () => {
  const hint = explainSignatureMismatch(`${stringToSign}x`, stringToSign)
  expect(hint).toContain('DBS signed another text')
  expect(hint).not.toMatch(/Canary|LTAI/)
  expect(explainSignatureMismatch(undefined, stringToSign)).toContain('Check that the secret')
})

test('errors are known by code and name', () => {
  const error = new NotFoundError('There is no such task.', { hint: 'Look.' })
  expect({ code: error.code, name: error.name, hint: error.hint }).toEqual({ code: 'not-found', name: 'NotFoundError', hint: 'Look.' })
})
