import * as fc from 'fast-check'
import { summarise, type DownloadTask } from '@backset/core'
import { expect, test } from 'vitest'
import { barChart, chartRows } from './chart.js'
import { dayChart, dayRows } from './day-chart.js'

const options = { title: 'Tasks by status', id: 'status' }
const total = (rows: readonly { readonly count: number }[]): number => rows.reduce((all, { count }) => all + count, 0)
const group = (name: string, count: number, bytes: number | string = count) => ({ name, count, bytes })

/** Text between tags, and nothing that could begin a tag, an entity or an attribute of its own. */
const tag = /<(?:\/?(?:svg|title|defs|pattern|rect|text|g))(?: [a-zA-Z-]+="[^"<>]*")*\/?>/g

test('a chart tells every number in words', () => {
  const svg = barChart({ groups: [group('finish', 12, 2048), group('stop', 1, 0)] }, options)
  expect(svg).toContain('>finish</text>')
  expect(svg).toContain('>12 · 2.0 KiB</text>')
  expect(svg).toContain('>1 · 0 B</text>')
})

test('bars are as long as their share', () => {
  const svg = barChart({ groups: [group('a', 100), group('b', 50), group('c', 0)] }, options)
  const widths = [...svg.matchAll(/class="chart-tasks" x="0" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width))
  expect(widths).toEqual([300, 150, 0])
})

test('a chart holds no style and no script', () => {
  const svg = barChart({ groups: [group('a', 1)] }, options) + dayChart({ groups: [group('2026-01-01', 1)] }, options)
  expect(svg).not.toMatch(/style|script|href|\son\w+=/)
})

test('no name leaves its place in a chart', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"><script>alert(1)</script>', "' onload='x", '&lt;', 'a\u202Eb\u0000', ']]>'),
  )
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, title, id) => {
      const svg = barChart({ groups: [group(name, 1)] }, { title, id })
      const outside = svg.replaceAll(tag, '')
      expect(outside).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
      expect(svg).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    }),
  )
})

test('groups beyond the bound are told as one', () => {
  const breakdown = { groups: [group('a', 3), group('b', 2, '9007199254740993'), group('c', 1)], without: { count: 4, bytes: 5 } }
  expect(chartRows(breakdown, 1)).toEqual([
    group('a', 3),
    { name: '2 more', count: 3, bytes: '9007199254740994' },
    { name: 'not said', count: 4, bytes: 5 },
  ])
  expect(chartRows({ groups: [group('a', 3)], other: { count: 1, bytes: 1 } })).toEqual([
    group('a', 3),
    { name: 'all others', count: 1, bytes: 1 },
  ])
})

test('days without a task keep their place', () => {
  const { days, earlier } = dayRows({ groups: [group('2026-02-27', 1), group('2026-03-02', 5)] })
  expect(days.map(({ name, count }) => [name, count])).toEqual([
    ['2026-02-27', 1],
    ['2026-02-28', 0],
    ['2026-03-01', 0],
    ['2026-03-02', 5],
  ])
  expect(earlier).toBeUndefined()
})

test('days before the last ones are told as one', () => {
  const { days, earlier } = dayRows({ groups: [group('2020-01-01', 7), group('2026-03-01', 1), group('2026-03-02', 5)] }, 2)
  expect(days.map(({ name }) => name)).toEqual(['2026-03-01', '2026-03-02'])
  expect(earlier).toEqual({ name: 'earlier', count: 7, bytes: 7 })
})

test('no tasks make no chart', async () => {
  const { byStatus, byDay } = await summarise([])
  expect([barChart(byStatus, options), dayChart(byDay, options)]).toEqual(['', ''])
})

test('the charts of a summary count every task', async () => {
  const state = fc.constantFrom<DownloadTask['state']>('done', 'failed')
  const day = fc.date({ min: new Date('2025-12-01'), max: new Date('2026-03-01'), noInvalidDate: true }).map((date) => date.toISOString())
  const task = fc.record({ backupSetDownloadTaskId: fc.uuid(), state, backupSetDownloadCreateTime: day, backupSetDbType: fc.string() })
  await fc.assert(
    fc.asyncProperty(fc.array(task), async (tasks) => {
      const { byDay, byDatabase } = await summarise(tasks)
      const { days, earlier } = dayRows(byDay)
      expect(total(days) + (earlier?.count ?? 0)).toBe(tasks.length)
      expect(total(chartRows(byDatabase))).toBe(tasks.length)
    }),
    { numRuns: 50 },
  )
})
