import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startApi, type Api } from './api.js'
import { openBrowser, visit } from './browser.js'
import { makeKeys, type MadeKeys } from './keys.js'

vi.setConfig({ testTimeout: 60_000 }) // a browser on a busy machine

let browser: Browser
let api: Api
let keys: MadeKeys

beforeAll(async () => {
  browser = await openBrowser()
  keys = await makeKeys()
  api = await startApi({ keys: keys.file, 'rate-limit': 'off' }, { tasks: 40, plans: 2 })
}, 60_000)

afterAll(async () => {
  await browser.close()
  await api[Symbol.asyncDispose]()
})

async function logIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('Key').fill(key)
  await page.getByRole('button', { name: 'Log in' }).click()
}

test('a key logs in to the page that was asked for, and out again', async () => {
  const [planId = ''] = api.emulator.world.planIds
  const [id = ''] = api.emulator.world.tasksOf(planId).ids()
  await using there = await visit(browser, `${api.url}/tasks/${id}`)
  const { page, complaints } = there
  expect(new URL(page.url()).pathname).toBe('/login')
  await logIn(page, 'bsk_nonsense')
  expect(await page.getByRole('alert').textContent()).toContain('opens nothing')
  expect(complaints.splice(0)).toEqual([expect.stringContaining('401')])
  const key = await keys.add(['tasks:read'], [planId])
  await logIn(page, key)
  await page.waitForURL(`${api.url}/tasks/${id}`)
  expect(await page.content()).not.toContain(key)
  await page.locator('#live', { hasText: 'Live' }).waitFor()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.waitForURL(/\/login/)
  await page.goto(`${api.url}/`)
  expect(new URL(page.url()).pathname).toBe('/login')
  expect(complaints).toEqual([])
})

interface Finding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

// Colours and widths do not touch each other, so each pair of them sees all pages or the fullest one.
test.each([
  ['light', 1440, true],
  ['dark', 375, true],
  ['light', 375, false],
  ['dark', 1440, false],
] as const)('axe finds nothing in %s pages of %d pixels, and nothing is wider', async (colorScheme, width, all) => {
  await using there = await visit(browser, `${api.url}/problems/throttled`, {
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  })
  const { page } = there
  const [planId = ''] = api.emulator.world.planIds
  const [, id = ''] = api.emulator.world.tasksOf(planId).ids()
  const look = async (path: string): Promise<void> => {
    await page.goto(api.url + path)
    await page.locator('details').evaluateAll((found) => found.forEach((details) => (details.open = true)))
    await page.evaluate(axe.source)
    const violations = await page.evaluate<readonly Finding[]>('axe.run().then(({ violations }) => violations)')
    const told = violations.flatMap(({ id: rule, impact, nodes }) =>
      nodes.map((node) => `${rule} (${impact}) ${node.html.slice(0, 200)}: ${node.failureSummary}`),
    )
    expect(told, path).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${path} fits`).toBe(true)
  }
  const key = await keys.add(['tasks:read'])
  await page.goto(`${api.url}/login`)
  if (all) await look('/login')
  await logIn(page, key)
  await page.waitForURL(`${api.url}/`)
  await look(`/?backupPlanId=${planId}&limit=20`)
  if (all) for (const path of [`/?backupPlanId=${planId}&since=x`, `/tasks/${id}`, '/tasks/nosuch', '/problems']) await look(path)
})
