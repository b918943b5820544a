import { expect, test } from 'vitest'
import { statuses } from '../src/statuses.js'
import { pagePolicy } from '../src/middleware/secure-headers.js'
import { startApi } from './api.js'
import { makeKeys } from './keys.js'

const html = { headers: { accept: 'text/html' } }

test('pages are not kept, and load nothing from elsewhere', async () => {
  await using api = await startApi()
  for (const path of ['/', `/?backupPlanId=${api.emulator.world.planIds[0]}`]) {
    const answer = await api.get(path, html)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toBe(pagePolicy)
    expect(await answer.text()).not.toMatch(
      / style=| on[a-z]+=|<style|<script(?! type="module" src="\/assets\/live\.js)|(?:src|href)="(?!\/|#)/,
    )
  }
})

test.each([
  ['/tasks/nosuch', 404, 'There is no download task'],
  ['/?backupPlanId=dbsnosuch', 404, 'There is no backup plan'],
  ['/?backupPlanId=PLAN&since=tomorow', 400, 'which is no time'],
  ['/?backupPlanId=PLAN&sort=siez', 400, 'Did you mean size'],
  ['/?backupPlanId=PLAN&regoin=x', 400, 'There is no such parameter'],
  ['/?backupPlanId=PLAN&limit=1001', 400, 'from 1 to 1000'],
  ['/?region=nowhere', 400, 'does not serve the region'],
  ['/problems/nosuch', 404, 'There is no such problem'],
])('%s is answered %d, as a page', async (path, status, words) => {
  await using api = await startApi()
  const answer = await api.get(path.replace('PLAN', api.emulator.world.planIds[0] ?? ''), html)
  expect(answer.status).toBe(status)
  expect(await answer.text()).toContain(words)
})

test('a page says that DBS cannot be asked, and keeps the status', async () => {
  await using api = await startApi({ 'max-attempts': '1' })
  api.emulator.play({ rules: [{ fault: { kind: 'unavailable' } }] })
  const answer = await api.get(`/?backupPlanId=${api.emulator.world.planIds[0]}`, html)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(answer.headers.get('content-type')).toContain('text/html')
})

test('a list that is kept stays in sight while DBS cannot be asked', async () => {
  await using api = await startApi({ 'max-attempts': '1', 'max-age': '1ms' })
  const path = `/?backupPlanId=${api.emulator.world.planIds[0]}`
  await api.get(path, html)
  api.emulator.play({ rules: [{ fault: { kind: 'unavailable' } }] })
  const answer = await api.get(path, html)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('DBS cannot be asked at the moment')
})

test('every code has its page, and needs no key', async () => {
  const keys = await makeKeys()
  await using api = await startApi({ keys: keys.file, 'rate-limit': 'off' })
  for (const code of Object.keys(statuses)) {
    const answer = await api.get(`/problems/${code}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(`<code>${code}</code>`)
  }
})

test('a file is kept for ever under the address that names its content', async () => {
  await using api = await startApi()
  const page = await (await api.get('/', html)).text()
  const [, href = ''] = /href="(\/assets\/style\.css\?v=[^"]+)"/.exec(page) ?? []
  const answer = await api.get(href)
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8')
  const again = await api.get('/assets/style.css', { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })
  expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'no-cache'])
  for (const path of [
    '/assets/../package.json',
    '/assets/%2e%2e/package.json',
    '/assets/..%2fpackage.json',
    '/assets/nosuch.css',
    '/assets/',
  ])
    expect((await api.get(path)).status).toBe(404)
})

test('a key sees its own plans and no other', async () => {
  const keys = await makeKeys()
  await using api = await startApi({ keys: keys.file })
  const { world } = api.emulator
  const [mine = '', foreign = ''] = world.planIds
  const authorization = `Bearer ${await keys.add(['tasks:read'], [mine])}`
  const get = (path: string) => api.get(path, { headers: { ...html.headers, authorization } })
  const page = await (await get('/')).text()
  expect(page).toContain(mine)
  expect(page).not.toContain(foreign)
  expect((await get(`/?backupPlanId=${foreign}`)).status).toBe(404)
  expect((await get(`/tasks/${world.tasksOf(foreign).ids()[0]}`)).status).toBe(404)
  expect((await get(`/tasks/${world.tasksOf(mine).ids()[0]}`)).status).toBe(200)
  const blind = { authorization: `Bearer ${await keys.add(['metrics:read'])}` }
  expect((await api.get('/', { headers: { ...html.headers, ...blind } })).status).toBe(403)
})

test('a plan is found by its name, and by its id without the prefix', async () => {
  await using api = await startApi()
  const [id = ''] = api.emulator.world.planIds
  expect(await (await api.get('/', html)).text()).toContain(`<a href="/?backupPlanId=${id}"><bdi>orders-weekly</bdi></a>`)
  expect(await (await api.get(`/?backupPlanId=${id.slice(3)}`, html)).text()).toContain(`<option value="${id}" selected="">orders-weekly`)
})

test('a plan can be named where DBS does not tell the plans', async () => {
  await using api = await startApi()
  const refuse = { kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true } as const
  api.emulator.play({ rules: [{ action: 'DescribeBackupPlanList', fault: refuse }] })
  const answer = await api.get(`/?backupPlanId=${api.emulator.world.planIds[0]}`, html)
  expect(answer.status).toBe(200)
  const page = await answer.text()
  expect(page).toContain('The plans cannot be listed')
  expect(page).toContain('<input id="f-backupPlanId"')
  expect(page).toContain('data-task=')
})

test('a list that kept moving says so before it shows anything', async () => {
  await using api = await startApi({}, { tasks: 250 })
  api.emulator.play({ rules: [{ action: 'DescribeBackupSetDownloadTaskList', move: { change: 'grow' } }] })
  const answer = await api.get(`/?backupPlanId=${api.emulator.world.planIds[0]}`, html)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toMatch(/role="alert">Not proved complete: the list kept moving/)
})

test('half a surrogate pair in an id breaks no page', async () => {
  await using api = await startApi()
  const { world } = api.emulator
  const [plan = ''] = world.planIds
  world.tasksOf(plan).insert(0, world.newTask(plan, { BackupSetDownloadTaskId: 'a\uD800b' }))
  expect((await api.get(`/?backupPlanId=${plan}`, html)).status).toBe(200)
})
