import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CredentialsError } from '../errors/credentials-error.js'
import { parseCliConfig } from './cli-config.js'

const secret = 'CanarySecretDoNotShow'
const whole = JSON.stringify(
  { current: 'a', profiles: [{ name: 'a', mode: 'AK', access_key_id: 'LTAIx', access_key_secret: secret }] },
  null,
  1,
)

test('a file cut or damaged anywhere shows nothing of itself', () => {
  const damage = fc.record({
    at: fc.nat(whole.length),
    cut: fc.nat(whole.length),
    insert: fc.constantFrom('', '{', '"', ']', '\n', 'x', '7', '\u0000'),
  })
  fc.assert(
    fc.property(damage, ({ at, cut, insert }) => {
      try {
        parseCliConfig(whole.slice(0, at) + insert + whole.slice(at + cut), '/home/someone/.aliyun/config.json')
      } catch (error) {
        expect(error).toBeInstanceOf(CredentialsError)
        expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/Canary|LTAI/)
      }
    }),
    { numRuns: 500 },
  )
})

test('a file without profiles is read as one', () => {
  for (const text of ['{}', '{"profiles":null}', '{"current":"","profiles":[]}']) {
    expect(parseCliConfig(text, 'x')).toEqual({ path: 'x', current: 'default', profiles: [] })
  }
})
