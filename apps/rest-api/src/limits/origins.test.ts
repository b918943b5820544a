import { expect, test } from 'vitest'
import { origins } from './origins.js'

test('origins are read as browsers write them', () => {
  expect(origins.read('https://Grafana.example.com,http://localhost:3000', '--cors-origin')).toEqual([
    'https://grafana.example.com',
    'http://localhost:3000',
  ])
  expect(origins.read(['*'], '--cors-origin')).toEqual(['*'])
})

test.each([
  'null',
  'grafana.example.com',
  'https://a.example.com/path',
  'https://a.example.com?',
  'https://u:p@a.example.com',
  'ftp://a',
  'file:///',
])('%s is no origin', (text) => {
  expect(() => origins.read(text, '--cors-origin')).toThrowError(expect.objectContaining({ code: 'invalid-input', field: '--cors-origin' }))
})
