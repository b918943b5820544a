import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { help } from '../src/command-line.js'
import { actions } from '../src/actions/index.js'
import { startEmulator } from '../src/index.js'
import { Fault, parseScenario, Shape } from '../src/scenario/scenario.js'
import { page } from './call.js'

const docs = readFileSync(new URL('../../../docs/emulator.md', import.meta.url), 'utf8')
const scenarios = Array.from(docs.matchAll(/^```json\n([^]*?)^```$/gm), ([, text = '']) => text)

test('the documentation shows scenarios', () => expect(scenarios).toHaveLength(3))

test.each(scenarios)('the documented scenario %# is played', async (text) => {
  await using emulator = await startEmulator({ tasks: 40, scenario: parseScenario(JSON.parse(text)) })
  const answers = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((number) => page(emulator, { PageNum: String(number) })))
  expect(emulator.requestCount).toBe(6)
  expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true)
})

const kinds = (union: typeof Fault | typeof Shape): string[] => union.options.map((option) => [...option.shape.kind.values][0] ?? '')

test('every fault, shape, flag and operation is documented', () => {
  const flags = help.match(/--[a-z-]+/g) ?? []
  const words = [...kinds(Fault), ...kinds(Shape), ...flags].map((word) => `\`${word}`)
  expect([...words, ...actions.keys()].filter((word) => !docs.includes(word))).toEqual([])
})
