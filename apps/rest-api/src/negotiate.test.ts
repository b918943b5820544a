import { describe, expect, test } from 'vitest'
import { negotiate } from './negotiate.js'

describe('negotiate', () => {
  test.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['application/*', 'json'],
    ['text/*', 'csv'],
    ['text/csv', 'csv'],
    ['TEXT/CSV', 'csv'],
    ['application/x-ndjson', 'ndjson'],
    ['application/ndjson', 'ndjson'],
    ['application/jsonl', 'ndjson'],
    ['text/csv, */*', 'csv'],
    ['text/csv;q=0.5, application/json', 'json'],
    ['application/json;q=0.1, text/csv;q=0.2', 'csv'],
    ['application/json;q=0, */*', 'ndjson'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'json'],
  ])('%j is answered as %s', (accept, format) => {
    expect(negotiate(accept)).toBe(format)
  })

  test.each(['text/html', 'application/json;q=0', 'application/xml, text/plain'])('%j is not acceptable', (accept) => {
    expect(() => negotiate(accept)).toThrow(expect.objectContaining({ code: 'not-acceptable' }))
  })
})
