import { parseSort, type DownloadTask } from '@backset/core'
import { describe, expect, test } from 'vitest'
import type { Choice } from './selection.js'
import type { Snapshot } from './snapshot.js'
import { Views } from './view.js'

const rows = ['c', 'a', 'd', 'b'].map((id): DownloadTask => ({ backupSetDownloadTaskId: id, state: id < 'c' ? 'done' : 'failed' }))
const snapshot = (version = 'v1') => ({ rows, version }) as unknown as Snapshot
const every: Choice = { key: 'every', passes: undefined, order: undefined }
const sorted: Choice = { key: 'sorted', passes: undefined, order: parseSort('-id') }
const ids = (tasks: readonly DownloadTask[]) => tasks.map(({ backupSetDownloadTaskId }) => backupSetDownloadTaskId).join('')

describe('views', () => {
  test('rows are chosen, ordered and cut', () => {
    const views = new Views()
    expect(ids(views.of(snapshot(), every).slice(rows, 1, 3))).toBe('ad')
    expect(ids(views.of(snapshot(), sorted).slice(rows, 0, 9))).toBe('dcba')
    const done = views.of(snapshot(), { ...sorted, key: 'done', passes: ({ state }) => state === 'done' })
    expect({ length: done.length, ids: ids(done.slice(rows, 0, 9)) }).toEqual({ length: 2, ids: 'ba' })
  })

  test('equals keep their order', () => {
    expect(ids(new Views().of(snapshot(), { ...sorted, order: parseSort('state') }).slice(rows, 0, 9))).toBe('abcd')
  })

  test('a view is made once for a version and a choice', () => {
    const views = new Views()
    let looks = 0
    const counted: Choice = { key: 'counted', passes: () => (looks++, true), order: undefined }
    const [first, again] = [views.of(snapshot(), counted), views.of(snapshot(), counted)]
    expect({ looks, same: again === first }).toEqual({ looks: 4, same: true })
    expect(views.of(snapshot('v2'), counted).digest).not.toBe(first.digest)
    expect(looks).toBe(8)
  })

  test('the digest tells what is in it', () => {
    const views = new Views()
    expect(views.of(snapshot(), every).digest).toBe('v1')
    expect(views.of(snapshot(), sorted).digest).not.toBe(views.of(snapshot(), { ...every, key: 'none', passes: () => false }).digest)
  })
})
