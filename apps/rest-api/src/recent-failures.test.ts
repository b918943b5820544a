import { AnswerError, DbsError } from '@backset/core'
import { expect, test } from 'vitest'
import { RecentFailures } from './recent-failures.js'

test('of many failures the oldest are forgotten', () => {
  const failures = new RecentFailures(() => 0)
  for (let at = 0; at < 1001; at++) failures.note(String(at), new DbsError('unreachable', 'Gone.'))
  expect(failures.of('0')).toBeUndefined()
  expect(failures.of('1')?.told?.message).toBe('Gone.')
})

test('how an answer began is not told again', () => {
  const failures = new RecentFailures(() => 0)
  failures.note('a', new AnswerError('DBS answered with a web page.', { excerpt: '<html>', retryable: true }))
  expect(failures.of('a')?.told).toMatchObject({ message: 'DBS answered with a web page.', code: 'unreadable-answer', retryable: true })
})
