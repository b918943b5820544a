import { expect, test } from 'vitest'
import { continueTrace } from './trace-context.js'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const parentId = 'b7ad6b7169203331'

test('a trace goes on with a span of its own', () => {
  const trace = continueTrace(`00-${traceId}-${parentId}-01`)
  expect(trace).toEqual({ traceId, parentId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) })
  expect(trace?.spanId).not.toBe(parentId)
})

test('a later version may say more', () => {
  expect(continueTrace(`cc-${traceId}-${parentId}-01-what-comes`)).toMatchObject({ traceId })
})

test.each([
  ['nothing', undefined],
  ['a version that is forbidden', `ff-${traceId}-${parentId}-01`],
  ['more than version 00 has', `00-${traceId}-${parentId}-01-more`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
  ['a span id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
  ['capital letters', `00-${traceId.toUpperCase()}-${parentId}-01`],
  ['a line break', `00-${traceId}-${parentId}-01\n{}`],
])('%s begins no trace', (_title, header) => {
  expect(continueTrace(header)).toBeUndefined()
})
