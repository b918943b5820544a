import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandLine, shellWord } from './shell-quote.js'

const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\u0000') && text.isWellFormed())

test('bash takes every word for one, unchanged', () => {
  const words = [...fc.sample(word, 200), "'; rm -rf ~'", '$(id)', '`id`', '-n', '\\', "'\u0001'", '', 'a\u202Eb', '*', '~', '\n']
  const printed = execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${commandLine(words)}`], { env: { LC_ALL: 'C.UTF-8' } })
  expect(printed.toString().split('\0').slice(0, -1)).toEqual(words)
})

test('a plain word stays as it is', () => {
  expect(shellWord('urx67cfr0i9')).toBe('urx67cfr0i9')
  expect(shellWord("it's")).toBe(String.raw`'it'\''s'`)
})

test('nothing unseen stands in a command', () => {
  fc.assert(fc.property(word, (text) => !/[\p{Cc}\p{Bidi_Control}]/u.test(shellWord(text))))
})
