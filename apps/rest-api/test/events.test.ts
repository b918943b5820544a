import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startApi, type Api } from './api.js'
import { EventStream, until } from './event-stream.js'

const quick = { 'poll-interval': '50ms', 'max-attempts': '1', 'attempt-timeout': '300ms', 'request-timeout': '300ms' }
const listAction = 'DescribeBackupSetDownloadTaskList'

/** A server whose first plan is followed by one reader. */
async function startFollowed(emulatorOptions = {}, path = '') {
  const api = await startApi(quick, { tasks: 5, ...emulatorOptions })
  const planId = api.emulator.world.planIds[0] ?? ''
  const list = api.emulator.world.tasksOf(planId)
  const address = new URL(`/v1/download-tasks/events?backupPlanId=${planId}${path}`, api.url)
  const follow = async (lastId?: string) => EventStream.open(address, lastId === undefined ? {} : { 'last-event-id': lastId })
  const stream = await follow()
  await until(() => stream.text !== '')
  return { api, planId, list, address, follow, stream }
}

const idOf = (row: Readonly<Record<string, unknown>>) => String(row['BackupSetDownloadTaskId'])
const asked = (api: Api) => api.emulator.requests.filter(({ action }) => action === listAction).length

describe('events over HTTP', () => {
  test('are an unbuffered text/event-stream with a time to come back', async () => {
    const { api, stream, address } = await startFollowed()
    await using _ = api
    expect(stream.answer.statusCode).toBe(200)
    expect(stream.answer.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-store',
      'x-accel-buffering': 'no',
    })
    expect(stream.text).toMatch(/^: .+\nretry: 3000\nid: \d+-\d+\n\n/)
    const head = await api.request('HEAD', address.pathname + address.search)
    expect({ status: head.status, type: head.headers.get('content-type') }).toEqual({ status: 200, type: 'text/event-stream' })
  })

  test('tell each change of the list once, in order, links masked', async () => {
    const { api, planId, list, stream } = await startFollowed({ tasks: 250 })
    await using _ = api
    const { world } = api.emulator
    const fresh = world.newTask(planId)
    list.insert(0, fresh)
    await until(() => stream.events.length === 1)
    const signed = 'http://files.example.invalid/a.sql?Expires=1&Signature=canary%3D'
    for (const status of ['running', 'finish']) {
      list.change(list.indexOf(idOf(fresh)), {
        BackupSetDownloadStatus: status,
        BackupSetDownloadInternetUrl: signed,
        ErrMessage: `see ${signed}`,
      })
      const count = stream.events.length
      await until(() => stream.events.length > count)
    }
    list.remove(list.indexOf(idOf(fresh)))
    const [middle] = list.remove(120)
    await until(
      () => stream.events.length === 5,
      () => stream.lines,
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    const id = idOf(fresh)
    expect(stream.lines.slice(0, 3)).toEqual([`created ${id}`, `changed ${id}`, `finished ${id}`])
    expect(stream.lines.slice(3).toSorted()).toEqual([`gone ${id}`, `gone ${idOf(middle ?? {})}`].toSorted())
    expect(stream.text).not.toContain('canary')
    expect(stream.text).toContain('http://files.example.invalid/a.sql')
    const ids = stream.events.map((event) => event.id.split('-').map(Number) as [number, number])
    for (const [at, [ms, number]] of ids.entries()) {
      const [msBefore, numberBefore] = ids[at - 1] ?? [0, 0]
      expect(ms > msBefore || (ms === msBefore && number > numberBefore)).toBe(true)
    }
  })

  test('follow a created task through its states', async () => {
    const { api, planId, stream } = await startFollowed({ scenario: { moves: { step: 150 } } })
    await using _ = api
    const plan = api.emulator.world.plan(planId)
    const id = plan === undefined ? '' : api.emulator.world.createTask(plan, {})
    await until(
      () => stream.lines.at(-1) === `finished ${id}`,
      () => stream.lines,
    )
    const own = stream.events.filter(({ data }) => data['backupSetDownloadTaskId'] === id)
    const path = ['checking', 'check_pass', 'schedule', 'running', 'finish']
    const seen = own.map(({ data }) => path.indexOf(String(data['backupSetDownloadStatus'])))
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b))
    expect(own[0]?.event).toBe('created')
  })

  test('go on after the last id, without a gap or a repeat', async () => {
    const { api, planId, list, stream, follow } = await startFollowed()
    await using _ = api
    const made: string[] = []
    for (let at = 0; at < 4; at++) {
      const row = api.emulator.world.newTask(planId)
      made.push(`created ${idOf(row)}`)
      list.insert(0, row)
      await until(() => stream.events.length > at)
    }
    expect(stream.lines).toEqual(made)
    for (const [at, { id }] of stream.events.entries()) {
      using again = await follow(id)
      await until(() => again.events.length >= 3 - at && again.text !== '')
      expect(again.lines).toEqual(made.slice(at + 1))
    }
  })

  test('go on by ?lastEventId=, and an unknown id is reset', async () => {
    const { api, planId, list, stream, address } = await startFollowed()
    await using _ = api
    const beginId = stream.lastId
    list.insert(0, api.emulator.world.newTask(planId))
    await until(() => stream.events.length === 1)
    using again = await EventStream.open(`${address.href}&lastEventId=${beginId}`)
    await until(() => again.events.length === 1)
    expect(again.lines).toEqual(stream.lines)
    using lost = await EventStream.open(`${address.href}&lastEventId=${beginId}`, { 'last-event-id': '17-4' })
    await until(() => lost.events.length === 1)
    expect(lost.lines).toEqual(['reset'])
    list.insert(0, api.emulator.world.newTask(planId))
    await until(() => lost.events.length === 2 && stream.events.length === 2)
    expect(lost.lines[1]).toBe(stream.lines[1])
  })

  test('who comes back has what happened while nobody listened', async () => {
    const { api, planId, list, stream, follow } = await startFollowed()
    await using _ = api
    stream[Symbol.dispose]()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const before = asked(api)
    const row = api.emulator.world.newTask(planId)
    list.insert(0, row)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(asked(api)).toBe(before)
    using again = await follow(stream.lastId)
    await until(() => again.events.length === 1)
    expect(again.lines).toEqual([`created ${idOf(row)}`])
  })

  test('are filtered as lists are, and tell what leaves the filter', async () => {
    const { api, planId, list, stream } = await startFollowed({}, '&status=running')
    await using _ = api
    const [one, other] = [api.emulator.world.newTask(planId), api.emulator.world.newTask(planId)]
    for (const [row, status] of [
      [one, 'running'],
      [other, 'stop'],
      [one, 'finish'],
    ] as const) {
      if (list.indexOf(idOf(row)) < 0) list.insert(0, row)
      list.change(list.indexOf(idOf(row)), { BackupSetDownloadStatus: status })
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
    await until(
      () => stream.events.length === 2,
      () => stream.lines,
    )
    expect(stream.lines).toEqual([`created ${idOf(one)}`, `finished ${idOf(one)}`])
  })

  test('of one task are those of its plan that name it', async () => {
    const { api, planId, list, stream } = await startFollowed()
    await using _ = api
    const [one, other] = [api.emulator.world.newTask(planId), api.emulator.world.newTask(planId)]
    list.insert(0, one, other)
    await until(() => stream.events.length === 2)
    using own = await EventStream.open(new URL(`/v1/download-tasks/${idOf(one)}/events`, api.url))
    await until(() => own.text !== '')
    for (const row of [other, one]) list.change(list.indexOf(idOf(row)), { BackupSetDownloadStatus: 'stop' })
    await until(() => own.events.length === 1 && stream.events.length === 4)
    expect(own.lines).toEqual([`failed ${idOf(one)}`])
  })

  test('a task without a plan is watched by its id', async () => {
    const { api, planId, list } = await startFollowed()
    await using _ = api
    const row = api.emulator.world.newTask(planId, { BackupPlanId: '' })
    list.insert(0, row)
    using own = await EventStream.open(new URL(`/v1/download-tasks/${idOf(row)}/events`, api.url))
    await until(() => own.text !== '')
    list.change(list.indexOf(idOf(row)), { BackupSetDownloadStatus: 'finish' })
    await until(() => own.events.length === 1)
    list.remove(list.indexOf(idOf(row)))
    await until(() => own.events.length === 2)
    expect(own.lines).toEqual([`finished ${idOf(row)}`, `gone ${idOf(row)}`])
  })

  test.each([
    ['/v1/download-tasks/events?backupPlanId=dbsnosuch', 404, 'not-found'],
    ['/v1/download-tasks/nosuch/events', 404, 'not-found'],
    ['/v1/download-tasks/events', 400, 'invalid-input'],
    ['/v1/download-tasks/events?backupPlanId=dbs1&status=runing', 400, 'invalid-input'],
    ['/v1/download-tasks/events?backupPlanId=dbs1&limit=1', 400, 'invalid-input'],
  ])('%s is answered %i', async (path, status, code) => {
    await using api = await startApi(quick)
    const answer = await api.get(path)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code })
  })

  test.each(['throttle', 'reset', 'hang', 'unavailable'] as const)('outlast a while in which DBS answers with %s', async (kind) => {
    const { api, planId, list, stream } = await startFollowed()
    await using _ = api
    api.emulator.play({ rules: [{ action: listAction, fault: { kind } }] })
    const row = api.emulator.world.newTask(planId)
    list.insert(0, row)
    await until(() => stream.text.includes('DBS cannot be asked now'))
    expect(stream.lines).toEqual([])
    api.emulator.play(undefined)
    await until(() => stream.events.length === 1)
    expect(stream.lines).toEqual([`created ${idOf(row)}`])
    expect(stream.text).toContain(': DBS answers again.')
    expect(stream.end).toBe('open')
    expect(api.logs.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })

  test('a list that is never proved tells of no task that it is gone', async () => {
    const { api, list, stream } = await startFollowed({ scenario: { rules: [{ action: listAction, shape: { kind: 'extra-total' } }] } })
    await using _ = api
    list.remove(2)
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(stream.lines).toEqual([])
    api.emulator.play(undefined)
    await until(() => stream.events.length === 1)
    expect(stream.events[0]?.event).toBe('gone')
  })

  test('1,000 readers have one poller', { timeout: 60_000 }, async () => {
    const { api, planId, list, follow } = await startFollowed()
    await using _ = api
    const opened = await Promise.all(Array.from({ length: 1000 }, () => follow()))
    await until(() => opened.every(({ text }) => text !== ''))
    const [before, began] = [asked(api), performance.now()]
    await new Promise((resolve) => setTimeout(resolve, 500))
    // Each look at a list of one page is one request.
    expect(asked(api) - before).toBeLessThanOrEqual((performance.now() - began) / 50 + 1)
    const row = api.emulator.world.newTask(planId)
    list.insert(0, row)
    await until(() => opened.every(({ text }) => text.includes('event: created')))
    expect(opened.every(({ lines }) => lines.join() === `created ${idOf(row)}`)).toBe(true)
    for (const one of opened) one[Symbol.dispose]()
  })

  test('a reader that stops reading is closed while others go on', { timeout: 60_000 }, async () => {
    const { api, planId, list, address, stream } = await startFollowed()
    await using _ = api
    const socket = connect(Number(address.port), address.hostname)
    socket.on('error', () => undefined) // it is reset
    socket.write(`GET ${address.pathname}${address.search} HTTP/1.1\r\nHost: ${address.host}\r\n\r\n`)
    await new Promise((resolve) => socket.once('data', resolve))
    socket.pause()
    const text = 'x'.repeat(200_000)
    let made = 0
    for (; made < 100 && !socket.destroyed; made++) {
      const read = stream.text.length
      list.insert(0, api.emulator.world.newTask(planId, { ErrMessage: text }))
      list.remove(1)
      await until(() => stream.text.length > read + text.length)
      socket.write('\n') // so that a socket that was cut off is known to be
    }
    expect(made).toBeLessThan(100)
    expect(stream.end).toBe('open')
    socket.destroy()
  })

  test('a server that stops ends them cleanly', async () => {
    const { api, stream } = await startFollowed()
    await api.stop({ graceMs: 5000 })
    await until(() => stream.end !== 'open')
    expect(stream.end).toBe('ended')
    await api.emulator.close()
  })
})
