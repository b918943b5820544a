import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startApi, type Api } from './api.js'
import { openBrowser, visit } from './browser.js'

vi.setConfig({ testTimeout: 60_000 }) // a browser on a busy machine

let browser: Browser
let api: Api
let planId: string

beforeAll(async () => {
  browser = await openBrowser()
  api = await startApi({}, { tasks: 120, plans: 3 })
  planId = api.emulator.world.planIds[0] ?? ''
}, 60_000)

afterAll(async () => {
  await browser.close()
  await api[Symbol.asyncDispose]()
})

const list = (query = ''): string => `${api.url}/?backupPlanId=${planId}${query}`
const idsOn = (page: Page): Promise<string[]> => page.locator('#tasks .task-id').allTextContents()
const trueIds = (): string[] => api.emulator.world.tasksOf(planId).ids()

test('the page shows the tasks of a plan, and how they were proved', async () => {
  await using there = await visit(browser, list())
  expect(await idsOn(there.page)).toEqual(trueIds().slice(0, 50))
  expect(await there.page.locator('h1').textContent()).toBe('orders-weekly')
  expect(await there.page.locator('.proof').textContent()).toMatch(/^Complete: .* 120 tasks of 120; 2 pages, 1 pass\. Read just now/)
  expect(await there.page.locator('.tiles').textContent()).toMatch(/Tasks120.*Done66.*Failed18/)
  await there.page.locator('#live', { hasText: 'Live' }).waitFor()
  expect(there.complaints).toEqual([])
  expect(there.foreign).toEqual([])
})

test('a form filters, and the address keeps it', async () => {
  await using there = await visit(browser, list())
  await there.page.getByLabel('failed').check()
  await there.page.getByLabel('Name', { exact: true }).fill('*Manual*')
  await there.page.getByRole('button', { name: 'Show' }).click()
  const { searchParams } = new URL(there.page.url())
  expect([searchParams.get('status'), searchParams.get('name'), searchParams.get('backupPlanId')]).toEqual(['failed', '*Manual*', planId])
  const states = await there.page.locator('#tasks .status').allTextContents()
  expect(states.length).toBeGreaterThan(0)
  expect(states.every((words) => words.trim().endsWith('failed'))).toBe(true)
  expect(await there.page.getByLabel('failed').isChecked()).toBe(true)
  await there.page.getByRole('link', { name: 'Clear 2 filters' }).click()
  expect(await there.page.locator('#tasks tr').count()).toBe(50)
})

test('a head sorts, and turns the order round', async () => {
  await using there = await visit(browser, list('&limit=120'))
  const sizes = () =>
    there.page.locator('#tasks .c-size [title]').evaluateAll((cells) => cells.map((cell) => BigInt(cell.title.split(' ')[0])))
  const head = there.page.getByRole('columnheader', { name: 'Size' })
  await head.getByRole('link').click()
  expect(await head.getAttribute('aria-sort')).toBe('descending')
  const down = await sizes()
  expect(down).toEqual(down.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)))
  await head.getByRole('link').click()
  expect(await head.getAttribute('aria-sort')).toBe('ascending')
  expect(await sizes()).toEqual(down.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
})

test('pages go on in the list they began in', async () => {
  await using moved = await startApi({ 'max-age': '1ms' }, { tasks: 70, plans: 1 })
  const [plan = ''] = moved.emulator.world.planIds
  const tasks = moved.emulator.world.tasksOf(plan)
  const before = tasks.ids()
  await using there = await visit(browser, `${moved.url}/?limit=30`)
  const seen = await idsOn(there.page)
  await there.page.getByRole('link', { name: 'Next' }).click()
  seen.push(...(await idsOn(there.page)))
  tasks.insert(0, moved.emulator.world.newTask(plan))
  await there.page.getByRole('link', { name: 'Next' }).click()
  seen.push(...(await idsOn(there.page)))
  expect(seen).toEqual(before)
  expect(await there.page.getByText('Page 3 of 3').count()).toBe(1)
})

test('a row changes in place, a new one is announced, and so is a lost connection', async () => {
  await using moving = await startApi({ 'poll-interval': '100ms', 'max-age': '1ms' }, { tasks: 10, plans: 1 })
  const { world } = moving.emulator
  const [plan = ''] = world.planIds
  const tasks = world.tasksOf(plan)
  tasks.insert(0, world.newTask(plan, { BackupSetDownloadTaskName: 'mine' }))
  await using there = await visit(browser, moving.url)
  const { page } = there
  await page.locator('#live', { hasText: 'Live' }).waitFor()
  const row = page.locator('#tasks tr').first()
  expect(await row.locator('.status').textContent()).toMatch(/checking/)
  tasks.change(0, { BackupSetDownloadStatus: 'stop', ErrMessage: '<b>full\u202E' })
  await row.locator('.status.failed', { hasText: 'stop' }).waitFor()
  expect(await row.locator('.message').textContent()).toBe(String.raw`<b>full\u202e`)
  await page.locator('#news', { hasText: 'mine failed: stop' }).waitFor({ state: 'attached' })
  tasks.insert(0, world.newTask(plan), world.newTask(plan))
  await page.getByRole('link', { name: 'Show 2 new tasks' }).click()
  expect(await idsOn(page)).toEqual(tasks.ids())
  await page.locator('#live', { hasText: 'Live' }).waitFor()
  expect(there.complaints).toEqual([])
  await moving.stop({ graceMs: 0 })
  await page.locator('#live.lost', { hasText: 'Connection lost' }).waitFor()
})

test('a task is shown whole, its links masked, with commands that a shell takes as one', async () => {
  const { world } = api.emulator
  const other = world.planIds[1] ?? ''
  const id = "'; rm -rf ~'"
  const link = 'https://files.example.com/a.tar.gz?Expires=1&Signature=canary'
  world.tasksOf(other).insert(0, world.newTask(other, { BackupSetDownloadTaskId: id, BackupSetDownloadInternetUrl: link, NewField: '<i>' }))
  await using there = await visit(browser, `${api.url}/tasks/${encodeURIComponent(id)}`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const text = (await there.page.locator('main').textContent()) ?? ''
  expect(text).toContain('https://files.example.com/a.tar.gz')
  expect(await there.page.content()).not.toContain('canary')
  expect(text).toContain('"<i>"')
  await there.page.getByRole('button', { name: 'Copy Show it' }).click()
  await there.page.getByRole('button', { name: 'Copied Show it' }).waitFor()
  expect(await there.page.evaluate('navigator.clipboard.readText()')).toBe(String.raw`backset get ''\''; rm -rf ~'\'''`)
  expect(there.complaints).toEqual([])
})

test('a task that a gateway downloads is not offered for fetching', async () => {
  const { world } = api.emulator
  const other = world.planIds[1] ?? ''
  const facts = { BackupSetDownloadTaskId: 'by-gateway', BackupSetDownloadWay: 'auto', BackupSetDownloadInternetUrl: null }
  world.tasksOf(other).insert(0, world.newTask(other, { ...facts, BackupSetDownloadIntranetUrl: null }))
  await using there = await visit(browser, `${api.url}/tasks/by-gateway`)
  const commands = await there.page.locator('section', { hasText: 'On the command line' }).last().textContent()
  expect(commands).toContain('backset wait by-gateway')
  expect(commands).toContain('A backup gateway puts the file into its directory')
  expect(commands).not.toContain('backset fetch')
})

test('all is done with the keyboard alone', async () => {
  await using there = await visit(browser, list())
  const { page } = there
  const focused = (what: string): Promise<unknown> => page.evaluate(`document.activeElement.${what}`)
  await page.keyboard.press('Tab')
  expect(await focused('textContent.trim()')).toBe('Skip to the content')
  expect(await focused('getBoundingClientRect().top')).toBeGreaterThanOrEqual(0)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await focused('name')).toBe('backupPlanId')
  await page.keyboard.press('Tab')
  expect(await focused('name')).toBe('name')
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
  await page.keyboard.type('*Full')
  await page.keyboard.press('Enter')
  await page.waitForURL(/name=/)
  await page.locator('.task-name').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/tasks\//)
})

test('without script the pages do all but change by themselves', async () => {
  await using there = await visit(browser, list(), { javaScriptEnabled: false })
  const { page } = there
  await page.getByText('More filters').click()
  await page.getByLabel('Sort by').selectOption('size')
  await page.getByLabel('Tasks a page').selectOption('25')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('link', { name: 'Next' }).click()
  expect(await idsOn(page)).toHaveLength(25)
  await page.locator('.task-name').first().click()
  expect(await page.locator('.command pre').count()).toBe(3)
  expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0)
  expect(there.complaints).toEqual([])
})

test('a hostile name is text, and shows what it is', async () => {
  const { world } = api.emulator
  const hostile = world.planIds[2] ?? ''
  const name = `"><img src=x onerror=alert(1)>\u202Egnp.\u0000exe</script>`
  const fields = {
    BackupSetDownloadTaskName: name,
    BackupSetDbType: name,
    BackupSetDownloadStatus: name,
    BackupSetDownloadTaskId: `${name}/../..`,
  }
  world.tasksOf(hostile).insert(0, world.newTask(hostile, fields))
  await using there = await visit(browser, `${api.url}/?backupPlanId=${hostile}`)
  const { page } = there
  const shown = String.raw`"><img src=x onerror=alert(1)>\u202egnp.\u0000exe</script>`
  expect(await page.locator('.task-name').first().textContent()).toBe(shown)
  expect(await page.locator('img, svg script').count()).toBe(0)
  expect(await page.content()).not.toMatch(/[\u202E\uFFFD]/)
  await page.locator('.task-name').first().click()
  expect(await page.locator('h1').textContent()).toBe(shown)
  expect(await page.locator('img').count()).toBe(0)
  expect(there.complaints).toEqual([])
  expect(there.foreign).toEqual([])
})
