import { expect, test } from 'vitest'
import * as z from 'zod'
import './fault-words.js'

const fault = (schema: z.ZodType, input: unknown): string | undefined => schema.safeParse(input).error?.issues[0]?.message

test.each([
  [z.string(), undefined, 'It is missing.'],
  [z.string(), ['a', 'b'], 'Give it once.'],
  [z.string(), 5, 'Give text.'],
  [z.number(), 'x', 'Give a number.'],
  [z.int(), 1.5, 'Give a whole number.'],
  [z.int().min(1), 0, 'Give 1 or more.'],
  [z.int().max(1000), 1001, 'Give 1000 or less.'],
  [z.string().min(1), '', 'It is empty.'],
  [z.string().max(3), 'four', 'Give at most 3 characters.'],
  [z.array(z.string()).max(1), ['a', 'b'], 'Give at most 1.'],
  [z.enum(['json', 'csv']), 'xml', 'Give "json" or "csv".'],
  [z.string().regex(/^a$/), 'b', 'It has another form than it should.'],
  [z.string({ error: 'Its own words.' }), 5, 'Its own words.'],
])('%# a fault is told in words of the caller', (schema, input, words) => {
  expect(fault(schema, input)).toBe(words)
})
