import type { Browser } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readDocument } from './api.js'
import { openBrowser, visit } from './browser.js'
import { startWithKey, type KeyedApi } from './keyed-api.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Pages are large, and machines that test are busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let browser: Browser
let api: KeyedApi

beforeAll(async () => {
  browser = await openBrowser()
  api = await startWithKey({ scopes: ['tasks:read'] })
})

afterAll(async () => {
  await browser.close()
  await api[Symbol.asyncDispose]()
})

test('every operation and schema of the document stands on the page', async () => {
  await using there = await visit(browser, `${api.url}/docs`, { javaScriptEnabled: false })
  const { paths, components } = await readDocument()
  const ids = Object.values(paths).flatMap((path) =>
    Object.values(path).map((operation) => (operation as unknown as { operationId: string }).operationId),
  )
  const { schemas } = components as unknown as { schemas: object }
  const shown = await there.page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id))
  expect(new Set(shown).size).toBe(shown.length)
  expect(shown).toEqual(expect.arrayContaining([...ids, ...Object.keys(schemas).map((name) => `schema-${name}`)]))
  const links = await there.page.locator('a[href^="#"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')?.slice(1)))
  expect(shown).toEqual(expect.arrayContaining([...new Set(links)]))
  expect(await there.page.locator('.try:visible').count()).toBe(0)
  expect(there.complaints).toEqual([])
})

test('a call is tried with the keyboard alone, and its answer shown', async () => {
  await using there = await visit(browser, `${api.url}/docs`)
  const { page } = there
  await page.locator('#key').fill(api.authorization.replace('Bearer ', ''))
  const section = page.locator('section#listDownloadTasks')
  await section.getByText('Try it').focus()
  await page.keyboard.press('Enter')
  await section.getByLabel('backupPlanId, optional').fill(api.emulator.world.planIds[0] ?? '')
  await section.getByLabel('limit, optional').fill('2')
  await page.keyboard.press('Enter')
  await section.locator('.said', { hasText: /^200 OK · application\/json · \d+ ms$/ }).waitFor()
  const shown = (await section.locator('.answer').textContent()) ?? ''
  expect((JSON.parse(shown) as { items: object[] }).items).toHaveLength(2)
  expect(shown).toMatch(/^\{\n  "items": \[\n    \{\n      "backupSetDownloadTaskId": "/)
  const curl = (await section.locator('.curl').textContent()) ?? ''
  expect(curl).toBe(
    `curl -H "authorization: Bearer $BACKSET_KEY" '${api.url}/v1/download-tasks?backupPlanId=${api.emulator.world.planIds[0]}&limit=2'`,
  )
  expect(there.complaints).toEqual([])
  expect(there.foreign).toEqual([])
})

test('a stream is shown as it comes, until it is stopped', async () => {
  await using there = await visit(browser, `${api.url}/docs`)
  const { page } = there
  await page.locator('#key').fill(api.authorization.replace('Bearer ', ''))
  const section = page.locator('section#followDownloadTasks')
  await section.getByText('Try it').click()
  await section.getByLabel('backupPlanId', { exact: true }).fill(api.emulator.world.planIds[0] ?? '')
  await section.getByRole('button', { name: 'Send' }).click()
  await section.locator('.answer', { hasText: 'retry:' }).waitFor()
  await section.getByRole('button', { name: 'Stop' }).click()
  await section.locator('.said', { hasText: 'stopped' }).waitFor()
})

test('a refusal is shown as it is, and quotes hold in a command', async () => {
  await using there = await visit(browser, `${api.url}/docs`)
  const section = there.page.locator('section#getDownloadTask')
  await section.getByText('Try it').click()
  await section.getByLabel('taskId').fill("'; rm -rf ~'")
  expect(await section.locator('.curl').textContent()).toBe(String.raw`curl '${api.url}/v1/download-tasks/'\''%3B%20rm%20-rf%20~'\'''`)
  await section.getByRole('button', { name: 'Send' }).click()
  await section.locator('.said', { hasText: '401 Unauthorized · application/problem+json' }).waitFor()
})

test.each([
  ['light', 1440],
  ['dark', 375],
] as const)('axe finds nothing in %s at %s px', async (colorScheme, width) => {
  await using there = await visit(browser, `${api.url}/docs`, { colorScheme, viewport: { width, height: 900 } })
  await there.page
    .locator('#createDownloadTask details:not(.heads)')
    .evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')))
  expect(await there.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  await there.page.evaluate(axe)
  const found = await there.page.evaluate<readonly string[]>(
    'axe.run({ include: [["header"], [".contents"], [".contract > section:first-child"], ["#createDownloadTask"], ["#schema-Problem"]] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).slice(0, 3)}`))',
  )
  expect(found).toEqual([])
  const shots = process.env['SHOTS']
  if (shots !== undefined) await there.page.screenshot({ path: `${shots}/docs-${colorScheme}-${width}.png` })
})
