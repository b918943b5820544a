import { describe, expect, test } from 'vitest'
import { UpstreamHealth, type Outcome } from './upstream-health.js'

function openHealth() {
  let time = 0
  const health = new UpstreamHealth({ now: () => time, toleranceMs: 300_000 })
  const note = (code?: Outcome['code'], { host = 'one', isList = true } = {}) => health.note({ host, code, isList })
  const of = (name: string) => health.checks().find(({ check }) => check === name)
  return { note, of, pass: (ms: number) => (time += ms) }
}

describe('upstream health', () => {
  test('trouble degrades, and fails when it has lasted too long', () => {
    const { note, of, pass } = openHealth()
    note()
    for (const code of ['throttled', 'unreachable', 'unreadable-answer'] as const) {
      note(code)
      expect(of('upstream')).toMatchObject({ ok: true, degraded: true })
    }
    pass(300_000)
    note('throttled')
    expect(of('upstream')).toMatchObject({ ok: true, detail: 'DBS has not answered for 300 s (throttled).' })
    pass(1)
    expect(of('upstream')).toMatchObject({ ok: false })
    note()
    expect(of('upstream')).toEqual({ check: 'upstream', ok: true, detail: 'DBS answers.' })
  })

  test('where DBS never answered there is nothing to give out', () => {
    const { note, of } = openHealth()
    expect(of('upstream')).toMatchObject({ ok: true, detail: 'Not known yet.' })
    note('throttled')
    expect(of('upstream')).toMatchObject({ ok: false, detail: 'DBS has not answered yet (throttled).' })
  })

  test('refused keys fail at once, and do not mean that DBS is away', () => {
    const { note, of } = openHealth()
    note()
    note('credentials-refused')
    expect(of('credentials')).toMatchObject({ ok: false, detail: 'The last answer was credentials-refused.' })
    expect(of('upstream')).toMatchObject({ ok: true })
  })

  test('a permission is about listing tasks alone, and trouble does not change it', () => {
    const { note, of } = openHealth()
    note('no-permission', { isList: false })
    expect(of('permission')).toMatchObject({ ok: true, detail: 'Not known yet.' })
    note('no-permission')
    note(undefined, { isList: false })
    note('throttled')
    expect(of('permission')).toMatchObject({ ok: false })
    note()
    expect(of('permission')).toMatchObject({ ok: true })
  })

  test('one good host is reason enough', () => {
    const { note, of } = openHealth()
    note('unreachable')
    note(undefined, { host: 'other' })
    expect(of('upstream')).toEqual({ check: 'upstream', ok: true, degraded: true, detail: 'DBS has not answered yet (unreachable).' })
  })
})
