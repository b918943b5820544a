import { expect, test } from 'vitest'
import { SharedKeys } from '../src/credentials/refresh.js'
import { MaskedCredentials } from '../src/credentials/static.js'
import { turnedClock } from './turned-clock.js'

const minuteMs = 60_000
const keysNamed = (accessKeyId: string) => new MaskedCredentials({ accessKeyId, accessKeySecret: 'secret' })

const nothing = (): void => undefined

/** A promise and what resolves it. */
function gate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = nothing
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve: () => resolve() }
}

/** Keys that are numbered by how often they were asked for, from a source that can fail and be held up. */
function numberedKeys() {
  const clock = turnedClock()
  const counts = { opened: 0, asked: 0 }
  const state: { fails: boolean; held: Promise<void> | undefined } = { fails: false, held: undefined }
  const shared = new SharedKeys(clock, async () => {
    counts.opened++
    return async () => {
      const number = ++counts.asked
      await state.held
      if (state.fails) throw new Error('no keys')
      return keysNamed(`key${number}`)
    }
  })
  const idNow = async (signal?: AbortSignal): Promise<string> => (await shared.get(signal)).accessKeyId
  return { clock, counts, state, shared, idNow }
}

test('all who ask at once share one asking', async () => {
  const { counts, idNow } = numberedKeys()
  expect(await Promise.all([idNow(), idNow(), idNow()])).toEqual(['key1', 'key1', 'key1'])
  expect(counts).toEqual({ opened: 1, asked: 1 })
})

test('keys are asked for again after a minute', async () => {
  const { clock, counts, idNow } = numberedKeys()
  await idNow()
  await clock.turn(minuteMs - 1)
  expect(await idNow()).toBe('key1')
  await clock.turn(1)
  expect(await idNow()).toBe('key2')
  expect(counts.opened).toBe(1)
})

test('old keys serve while they are good', async () => {
  const { clock, counts, state, idNow } = numberedKeys()
  await idNow()
  state.fails = true
  await clock.turn(minuteMs)
  expect(await idNow()).toBe('key1')
  expect(await idNow()).toBe('key1') // and the failed source is left alone for a while
  expect(counts.asked).toBe(2)
  await clock.turn(9 * minuteMs)
  await expect(idNow()).rejects.toThrow('no keys')
})

test('after a failure the source is looked up anew', async () => {
  const { counts, state, idNow } = numberedKeys()
  state.fails = true
  await expect(idNow()).rejects.toThrow('no keys')
  state.fails = false
  expect(await idNow()).toBe('key2')
  expect(counts.opened).toBe(2)
})

test('refused keys are asked for anew, once for all', async () => {
  const { counts, shared, idNow } = numberedKeys()
  const refused = await shared.get()
  shared.forget(refused)
  expect(await idNow()).toBe('key2')
  shared.forget(refused) // others were refused with the same keys, later
  expect(await idNow()).toBe('key2')
  expect(counts).toEqual({ opened: 2, asked: 2 })
})

test('keys refused while they are renewed are not remembered', async () => {
  const { clock, state, shared, idNow } = numberedKeys()
  const first = await shared.get()
  await clock.turn(minuteMs)
  const { promise, resolve } = gate()
  state.held = promise
  const renewal = idNow()
  await clock.turn(0)
  shared.forget(first)
  state.held = undefined
  expect(await idNow()).toBe('key3')
  resolve()
  expect(await renewal).toBe('key2')
  expect(await idNow()).toBe('key3')
})

test('one who leaves does not stop the others', async () => {
  const { counts, state, idNow } = numberedKeys()
  const { promise, resolve } = gate()
  state.held = promise
  const leaving = new AbortController()
  const left = idNow(leaving.signal)
  const stays = idNow(new AbortController().signal)
  leaving.abort()
  await expect(left).rejects.toMatchObject({ code: 'aborted' })
  resolve()
  expect(await stays).toBe('key1')
  await expect(idNow(leaving.signal)).resolves.toBe('key1') // remembered keys need no waiting
  expect(counts.asked).toBe(1)
})

test('an aborted signal begins no asking', async () => {
  const { counts, idNow } = numberedKeys()
  await expect(idNow(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
  expect(counts.opened).toBe(0)
})
