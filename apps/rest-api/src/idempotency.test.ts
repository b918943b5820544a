import { NotFoundError } from '@backset/core'
import { expect, test } from 'vitest'
import { Idempotency } from './idempotency.js'

function open(most?: number) {
  let time = 0
  const tokens: string[] = []
  const idempotency = new Idempotency<number>({ now: () => time, most })
  const ask = (key: string, body = 'a', callerId = 'one', fail = false) =>
    idempotency.once({ callerId, key, body }, async (token) => {
      tokens.push(token)
      await Promise.resolve()
      if (fail) throw new Error('throttled')
      return tokens.length
    })
  return { ask, idempotency, tokens, pass: (ms: number) => (time += ms) }
}

test('a key that comes again makes nothing more', async () => {
  const { ask, tokens } = open()
  expect(await ask('k')).toEqual({ made: 1, isReplayed: false })
  expect(await ask('k')).toEqual({ made: 1, isReplayed: true })
  expect(tokens).toHaveLength(1)
})

test('requests at once with one key share the making', async () => {
  const { ask, tokens } = open()
  const all = await Promise.all([ask('k'), ask('k'), ask('k')])
  expect(all.map(({ isReplayed }) => isReplayed)).toEqual([false, true, true])
  expect(tokens).toHaveLength(1)
})

test('a key with another body is refused', async () => {
  const { ask } = open()
  await ask('k', 'a')
  await expect(ask('k', 'b')).rejects.toMatchObject({ code: 'idempotency-conflict' })
})

async function refuse(): Promise<number> {
  await Promise.resolve()
  throw new NotFoundError('There is no such backup.')
}

test('a key whose request was refused is free again', async () => {
  const { idempotency } = open()
  await expect(idempotency.once({ callerId: 'one', key: 'k', body: 'a' }, refuse)).rejects.toMatchObject({ code: 'not-found' })
  expect(await idempotency.once({ callerId: 'one', key: 'k', body: 'b' }, async () => 1)).toEqual({ made: 1, isReplayed: false })
})

test('equal keys of two callers are two keys', async () => {
  const { ask, tokens } = open()
  await ask('k', 'a', 'one')
  expect(await ask('k', 'b', 'two')).toEqual({ made: 2, isReplayed: false })
  expect(new Set(tokens).size).toBe(2)
})

test('after a failure the same request is made with the same token', async () => {
  const { ask, tokens } = open()
  await expect(ask('k', 'a', 'one', true)).rejects.toThrow('throttled')
  await expect(ask('k', 'b')).rejects.toMatchObject({ code: 'idempotency-conflict' })
  expect(await ask('k')).toEqual({ made: 2, isReplayed: false })
  expect(new Set(tokens).size).toBe(1)
  expect(tokens[0]).toMatch(/^[\w-]{43}$/)
})

test('a key is forgotten after a day, or when there are too many', async () => {
  const { ask, pass } = open(2)
  await ask('a')
  pass(24 * 3_600_000 - 1)
  expect(await ask('a')).toMatchObject({ isReplayed: true })
  pass(1)
  expect(await ask('a')).toMatchObject({ isReplayed: false })
  for (const key of ['b', 'c']) await ask(key)
  expect(await ask('a')).toMatchObject({ isReplayed: false })
})
