import type { DownloadTask } from '@backset/core'
import { describe, expect, test } from 'vitest'
import { anonymous } from '../auth/caller.js'
import { Selection, type SelectionParts } from './selection.js'

const hour = 3_600_000
const now = Date.parse('2026-03-01T12:00:00Z')
const source = { region: undefined, backupPlanId: 'dbs1' }
const open = (parts: Partial<SelectionParts> = {}) => new Selection({ source, filter: {}, timeZone: 'UTC', now, ...parts })
const task = (facts: Partial<DownloadTask> = {}): DownloadTask => ({ backupSetDownloadTaskId: 'a', state: 'done', ...facts })
const bounded = { ...anonymous, plans: ['dbs1'] }

describe('a selection', () => {
  test('its hash tells questions apart, and not how a plan was written', () => {
    const questions = [
      open(),
      open({ filter: { since: '7d' } }),
      open({ sort: 'name' }),
      open({ timeZone: 'Asia/Shanghai' }),
      open({ source: { region: 'x' } }),
    ]
    expect(new Set(questions.map(({ hash }) => hash)).size).toBe(questions.length)
    expect(open({ source: { region: undefined, backupPlanId: '1' } }).hash).toBe(open().hash)
    expect(open({ filter: { way: 'auto', name: '*' } }).hash).toBe(open({ filter: { name: '*', way: 'auto' } }).hash)
  })

  test('relative times count from the moment, absolute ones do not', () => {
    const relative = open({ filter: { since: '1h' } })
    const created = task({ backupSetDownloadCreateTime: new Date(now - hour).toISOString() })
    expect(relative.at(now, anonymous).passes?.(created)).toBe(true)
    expect(relative.at(now + 1, anonymous).passes?.(created)).toBe(false)
    expect(relative.at(now, anonymous).key).not.toBe(relative.at(now + 1, anonymous).key)
    const absolute = open({ filter: { since: '2026-01-01' } })
    expect(absolute.at(now, anonymous).key).toBe(absolute.at(now + hour, anonymous).key)
  })

  test('who is bounded sees the rows of its plans alone', () => {
    const { passes } = open({ source: { region: undefined, backupSetDownloadTaskId: 'a' } }).at(now, bounded)
    expect(
      [task({ backupPlanId: 'dbs1' }), task({ backupPlanId: '1' }), task({ backupPlanId: 'dbs2' }), task()].map((one) => passes?.(one)),
    ).toEqual([true, true, false, false])
    expect(open().at(now, bounded).passes?.(task())).toBe(true)
    expect(open().at(now, bounded).key).not.toBe(open().at(now, anonymous).key)
  })

  test('what no task can pass is refused at once', () => {
    expect(() => open({ filter: { since: '1h', until: '2h' } })).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    expect(() => open({ sort: 'colour' })).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })
})
