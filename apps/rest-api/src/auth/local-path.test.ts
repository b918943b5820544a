import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localPath } from './local-path.js'

test.each([
  ['/', '/'],
  ['/tasks/a?region=b#c', '/tasks/a?region=b#c'],
  ['/?name=%2F%2Fevil', '/?name=%2F%2Fevil'],
  [undefined, '/'],
  ['', '/'],
  ['tasks', '/'],
  ['//evil.example', '/'],
  ['//evil.example/tasks', '/'],
  ['///evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
])('%j leads to %s', (next, path) => {
  expect(localPath(next)).toBe(path)
})

test('nothing leads to another origin', () => {
  const piece = fc.constantFrom('/', '\\', '.', '..', '//', '@', ':', 'evil.example', '\t', '%2f', '?', '#', 'a')
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const path = localPath(pieces.join(''))
      expect(new URL(path, 'http://127.0.0.1:8787').origin).toBe('http://127.0.0.1:8787')
      expect(path).toMatch(/^\/(?!\/)/)
    }),
    { numRuns: 2000 },
  )
})
