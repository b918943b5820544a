import { exactJson } from '@backset/formats'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileQuery } from './compile-query.js'

const big = '9007199254740993' // 2^53 + 1, which a double rounds to 2^53
const bigger = '9007199254740994'
const rows = [
  { id: 'a', backupSetDataSize: 5 },
  { id: 'b', backupSetDataSize: bigger },
  { id: 'c', backupSetDataSize: 1000 },
  { id: 'd', backupSetDataSize: big },
]
const ask = (expression: string, value: unknown = rows): string => exactJson(compileQuery(expression)(value))

const size = 'backupSetDataSize'

test.each([
  [`[?${size} > \`1000\`].id`, '["b","d"]'],
  [`[?${size} >= \`1000\`].id`, '["b","c","d"]'],
  [`[?${size} < \`${bigger}\`].id`, '["a","c","d"]'],
  [`[?${size} <= \`9007199254740992\`].id`, '["a","c"]'],
  [`[?${size} > \`9007199254740992\`].id`, '["b","d"]'],
  [`[?${size} == \`${big}\`].id`, '["d"]'],
  [`[?${size} != \`${big}\`].id`, '["a","b","c"]'],
  [`[?id > 'a'].id`, '[]'],
  [`[].${size}`, `[5,${bigger},1000,${big}]`],
  [`[?id == 'd'] | [0]`, `{"id":"d","backupSetDataSize":${big}}`],
  [`[-1].{bytes: ${size}, twice: [${size}, ${size}]}`, `{"bytes":${big},"twice":[${big},${big}]}`],
  [`sort_by(@, &${size})[].id`, '["a","c","d","b"]'],
  [`sort_by(@, &id)[].id`, '["a","b","c","d"]'],
  [`reverse(sort_by(@, &${size}))[0].id`, '"b"'],
  [`max_by(@, &${size}).id`, '"b"'],
  [`min_by(@, &${size}).id`, '"a"'],
  [`max_by(@[0:0], &${size})`, 'null'],
  [`max([].${size})`, bigger],
  [`min([1:].${size})`, '1000'],
  [`sort([].${size})`, `[5,1000,${big},${bigger}]`],
  ['sort(`[10, 9, 100]`)', '[9,10,100]'],
  [`sum([].${size})`, '18014398509482992'],
  [`avg([?id == 'a' || id == 'c'].${size})`, '502.5'],
  [`avg([?id == 'd'].${size})`, big],
  [`avg([].${size})`, '4503599627370748'],
  ['avg(`[]`)', 'null'],
  ['sum(`[]`)', '0'],
  ['sum(`[0.5, 1]`)', '1.5'],
  [`[].to_string(${size})`, `["5","${bigger}","1000","${big}"]`],
  [`to_string([-1])`, `"{\\"id\\":\\"d\\",\\"backupSetDataSize\\":${big}}"`],
  [`[].type(${size}) | [-1]`, '"number"'],
  [`to_number('${big}')`, big],
  [`abs([-1].${size})`, big],
  [`contains([].${size}, \`${big}\`)`, 'true'],
  [`[?${size}].id | length(@)`, '4'],
  [`let $all = @ in let $least = \`1000\` in $all[?${size} > $least].id`, '["b","d"]'],
])('%s is %s', (expression, answer) => {
  expect(ask(expression)).toBe(answer)
})

test.each([
  `[].${size} | [-1] + \`1\``,
  `[-1].${size} * \`2\``,
  `avg([[1].${size}, [3].${size}])`,
  `sum([[-1].${size}, \`0.5\`])`,
  '`9007199254740991` + `1`',
  "to_number('1e300')",
  '`1e300`',
  '`[9007199254740993]`',
  `[?${size} > \`9007199254740992\` || ${size} == \`${big}\`]`,
])('%s is refused sooner than rounded', (expression) => {
  expect(() => ask(expression)).toThrow(expect.objectContaining({ code: 'invalid-input', field: 'query' }))
})

test('sums are exact and order is that of the numbers', () => {
  const sizes = fc.array(fc.bigInt({ min: 0n, max: 2n ** 60n }), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(sizes, (all) => {
      const tasks = all.map((bytes) => ({ backupSetDataSize: bytes <= Number.MAX_SAFE_INTEGER ? Number(bytes) : String(bytes) }))
      const sorted = all.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect(ask(`sum([].${size})`, tasks)).toBe(String(all.reduce((a, b) => a + b)))
      expect(ask(`sort_by(@, &${size})[].${size}`, tasks)).toBe(`[${sorted.join(',')}]`)
      expect(ask(`max_by(@, &${size}).${size}`, tasks)).toBe(String(sorted.at(-1)))
    }),
  )
})

describe('a call that cannot work is refused before any row', () => {
  test.each([
    { query: 'lenght(@)', says: 'lenght()', hint: 'Did you mean length()?' },
    { query: "[?start_with(id, 'a')]", says: 'start_with()', hint: 'Did you mean starts_with()?' },
    { query: '{n: [].{m: map(&nosuch(@), @)}}', says: 'nosuch()', hint: 'sort_by' },
    { query: 'toString(@)', says: 'toString()', hint: 'to_string' },
    { query: 'GT(@, @)', says: 'GT()', hint: 'There are abs' },
    { query: 'length()', says: 'takes 1 argument, but is given 0', hint: 'jmespath' },
    { query: 'length(@, @)', says: 'takes 1 argument, but is given 2', hint: 'jmespath' },
    { query: "pad_left('a')", says: 'takes 2 to 3 arguments, but is given 1', hint: 'jmespath' },
    { query: 'merge()', says: 'takes 1 or more arguments', hint: 'jmespath' },
    { query: 'sort_by(@, size)', says: 'write & before it', hint: 'jmespath' },
    { query: '$size', says: 'no let binds $size', hint: 'example' },
    { query: 'let $a = $a in $a', says: 'no let binds $a', hint: 'example' },
    { query: '[?', says: 'is no JMESPath', hint: 'example' },
  ])('$query', ({ query, says, hint }) => {
    expect(() => compileQuery(query)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringContaining(says) as string,
        hint: expect.stringContaining(hint) as string,
      }),
    )
  })
})

test('rows that cannot be put in order are told', () => {
  expect(() => ask('sort_by(@, &size)', [{ size: 1 }, {}])).toThrow(/sort_by\(\) compares numbers alone or texts alone, but met null/)
  expect(() => ask('sum([].state)', [{ state: 'done' }])).toThrow(/sum\(\) takes numbers, but met string/)
})
