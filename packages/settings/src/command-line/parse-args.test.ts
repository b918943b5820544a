import { describe, expect, test } from 'vitest'
import { parseArgs } from './parse-args.js'

const command = {
  usage: 'WORD…',
  words: { min: 0, max: 2 },
  options: {
    output: { kind: 'text', short: 'o', choices: ['json', 'csv'], summary: '' },
    sort: { kind: 'list', summary: '' },
    plan: { kind: 'list', placeholder: 'ID', summary: '' },
    name: { kind: 'text', summary: '' },
    param: { kind: 'list', whole: true, summary: '' },
    verbose: { kind: 'switch', short: 'v', summary: '' },
    'dry-run': { kind: 'text', bare: 'request', choices: ['request', 'curl'], summary: '' },
    token: { kind: 'text', once: true, summary: '' },
    reveal: { kind: 'switch', needs: 'dry-run', summary: '' },
  },
} as const

const parse = (...argv: string[]) =>
  Object.fromEntries(
    Object.entries(parseArgs(argv, 'backset try', command)).filter(([name, value]) => value !== undefined && name !== 'words'),
  )
const wordsOf = (...argv: string[]) => parseArgs(argv, 'backset try', command).words

test.each([
  ['-o', 'json'],
  ['-ojson'],
  ['-o', 'JSON'],
  ['-o=json'],
  ['--output', 'json'],
  ['--output=json'],
  ['-o', 'csv', '--output=json'],
])('a format is read from %s', (...argv) => expect(parse(...argv)).toEqual({ output: 'json' }))

describe('flags and words', () => {
  test('a switch stands before, between and behind others', () => {
    for (const argv of [
      ['-v', '--name', 'x'],
      ['--name', 'x', '-v'],
      ['-v', '-v', '--name=x'],
    ])
      expect(parse(...argv)).toEqual({ verbose: true, name: 'x' })
    expect(parse('-vo', 'csv')).toEqual({ verbose: true, output: 'csv' })
  })

  test('a switch is turned off by name', () => expect(parse('-v', '--verbose=false')).toEqual({ verbose: false }))

  test('flags stand on either side of words', () => {
    expect(wordsOf('-v', 'a', '--name', 'x', 'b')).toEqual(['a', 'b'])
  })

  test('behind two dashes all is words', () => {
    expect(wordsOf('-v', '--', '-v', '--name')).toEqual(['-v', '--name'])
    expect(parse('--', '-v')).toEqual({})
  })

  test('a list is repeated or separated by commas', () => {
    expect(parse('--plan', 'a,b', '--plan=c', '--plan', ' d , e')).toEqual({ plan: ['a', 'b', 'c', 'd', 'e'] })
  })

  test('a list of whole values keeps their commas', () => {
    expect(parse('--param', 'Ids=a,b', '--param= C = d ')).toEqual({ param: ['Ids=a,b', ' C = d '] })
  })

  test('a value may begin with a dash', () => {
    expect(parse('--sort', '-size', '--name', '-x')).toEqual({ sort: ['-size'], name: '-x' })
    expect(parse('--name=--odd')).toEqual({ name: '--odd' })
    expect(parse('--name', '-')).toEqual({ name: '-' })
  })

  test('a dry run alone takes no next word', () => {
    expect(parse('--dry-run', 'word')).toEqual({ 'dry-run': 'request' })
    expect(parse('--dry-run=curl')).toEqual({ 'dry-run': 'curl' })
  })
})

describe('what cannot be meant', () => {
  const wrong = [
    { argv: ['--plan'], says: '--plan needs a value.', hint: 'Write --plan ID.' },
    { argv: ['-o'], says: '--output needs a value.', hint: 'json|csv' },
    { argv: ['--plan', '--name', 'x'], says: '--plan needs a value.', hint: '--plan=--name' },
    { argv: ['--plan', '-v'], says: '--plan needs a value.', hint: 'Behind it stands -v' },
    { argv: ['--plan', '--', 'x'], says: '--plan needs a value.', hint: 'Behind it stands --' },
    { argv: ['--plan', ''], says: '--plan holds an empty name.', hint: 'whether that is set' },
    { argv: ['--plan', 'a,,b'], says: '--plan holds an empty name.', hint: 'whether that is set' },
    { argv: ['--name='], says: '--name is empty.', hint: 'whether that is set' },
    { argv: ['-o='], says: '--output is empty.', hint: 'whether that is set' },
    { argv: ['-o', 'xml'], says: '--output is "xml", but takes json, csv.', hint: undefined },
    { argv: ['-o', 'jsno'], says: '--output is "jsno", but takes json, csv.', hint: 'Did you mean json?' },
    { argv: ['--dry-run=post'], says: '--dry-run is "post", but takes request, curl.', hint: undefined },
    { argv: ['--verbose=yes'], says: '--verbose is "yes", but takes no value.', hint: '--verbose=false' },
    { argv: ['--token', 'a', '--token=b'], says: '--token is given twice, but takes one value.', hint: 'Run it once for each.' },
    { argv: ['--reveal'], says: '--reveal goes with --dry-run alone.', hint: 'backset try --help' },
    { argv: ['--nmae', 'x'], says: 'There is no flag --nmae.', hint: 'Did you mean --name?' },
    { argv: ['--no-verbose'], says: 'There is no flag --no-verbose.', hint: 'backset try --help' },
    { argv: ['-x'], says: 'There is no flag -x.', hint: 'backset try --help' },
    { argv: ['-vx'], says: 'There is no flag -x.', hint: 'backset try --help' },
    { argv: ['--__proto__=1'], says: 'There is no flag --__proto__.', hint: 'backset try --help' },
    { argv: ['--constructor'], says: 'There is no flag --constructor.', hint: 'backset try --help' },
    { argv: ['a', ''], says: 'backset try is given an empty word.', hint: 'whether that is set' },
    { argv: ['a', 'b', 'c'], says: 'backset try does not take "c".', hint: 'backset try --help' },
  ] as const

  test.each(wrong)('$argv: $says', ({ argv, says, hint }) => {
    const facts = hint === undefined ? {} : { hint: expect.stringContaining(hint) as string }
    expect(() => parse(...argv)).toThrow(expect.objectContaining({ code: 'invalid-input', message: says, ...facts }) as Error)
  })
})
