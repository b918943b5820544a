import { expect, test } from 'vitest'
import { adviceOn, adviceTable } from '../src/errors/advice.js'

const list = 'DescribeBackupSetDownloadTaskList'

// The codes of the vendor's tables that decide what a command does: code, action, HTTP status, then ours and whether it is tried again.
test.each<[string, string, number, string, boolean]>([
  ['Request.Forbidden', list, 403, 'no-permission', false],
  ['Forbidden.RAM', list, 403, 'no-permission', false],
  ['Param.NotFound', list, 200, 'not-found', false],
  ['InvalidParameterValid', list, 200, 'refused', false],
  ['InvalidParameterValid', 'DescribeBackupPlanList', 200, 'not-found', false],
  ['InvalidParameter.Format', list, 400, 'refused', false],
  ['MissingBackupPlanId', list, 400, 'refused', false],
  ['MissingSecurityToken', list, 400, 'credentials-refused', false],
  ['InvalidAccessKeyId.NotFound', list, 404, 'credentials-refused', false],
  ['SignatureDoesNotMatch', list, 400, 'signature-mismatch', false],
  ['InvalidTimeStamp.Expired', list, 400, 'clock-skewed', true],
  ['SignatureNonceUsed', list, 400, 'refused', true],
  ['Throttling', list, 400, 'throttled', true],
  ['Throttling.User', list, 400, 'throttled', true],
  ['Throttling.Anything.New', list, 400, 'throttled', true],
  ['Rejected.Throttling', list, 400, 'throttled', true],
  ['InternalError', list, 500, 'service-unavailable', true],
  ['ServiceUnavailable', list, 503, 'service-unavailable', true],
  ['undefined', list, 200, 'service-unavailable', true],
  ['InvalidParameter', list, 502, 'refused', true],
  ['NeverSeen', list, 200, 'refused', false],
  ['NeverSeen', list, 401, 'credentials-refused', false],
  ['NeverSeen', list, 403, 'no-permission', false],
  ['NeverSeen', list, 404, 'refused', false],
  ['NeverSeen', list, 408, 'service-unavailable', true],
  ['NeverSeen', list, 429, 'throttled', true],
  ['NeverSeen', list, 502, 'service-unavailable', true],
  ['constructor', list, 400, 'refused', false],
  ['__proto__', list, 400, 'refused', false],
])('%s to %s under HTTP %i means %s, retried: %s', (serviceCode, action, httpStatus, code, retryable) => {
  const advice = adviceOn(serviceCode, action, httpStatus)
  expect({ code: advice.code, retryable: advice.retryable ?? false }).toEqual({ code, retryable })
  expect(advice.throttled ?? false).toBe(code === 'throttled')
})

test('a missing permission names the RAM action', () => {
  expect(adviceOn('Request.Forbidden', list, 403).hint).toContain(`dbs:${list}`)
})

test('every hint is complete once the action is known', () => {
  for (const serviceCode of Object.keys(adviceTable)) expect(adviceOn(serviceCode, list).hint).not.toMatch(/[{}]/)
})
