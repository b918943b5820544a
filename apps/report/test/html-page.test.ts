import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser, visit } from './browser.js'
import { tempFolder } from './temp-folder.js'
import { pageChunks, pageText, proof, reportOf, taskAt, writtenPage } from './written-page.js'

vi.setConfig({ testTimeout: 60_000 }) // a browser on a busy machine

const tasks = (count: number) => Array.from({ length: count }, (_, n) => taskAt(n))

function* longMessages() {
  for (let n = 0; n < 50_000; n++) yield { ...taskAt(n), errMessage: 'x'.repeat(2000) }
}

describe('as text', () => {
  test('links are masked, in fields and messages', async () => {
    const report = await reportOf(', columns: [taskId, internetUrl, errMessage]')
    const text = await pageText(tasks(40), { report })
    expect(text).toContain('https://files.example.com/urx3.tar.gz')
    expect(text).not.toContain('canary')
  })

  test('above 5,000 rows the table is left to the CSV beside it', async () => {
    const [short, long] = [await pageText(tasks(5000)), await pageText(tasks(5001))]
    expect(short.match(/<tr role="row">/g)?.length).toBe(5000 + 3 + 625 + 20)
    expect(long.match(/<tr role="row">/g)?.length).toBe(2 + 625 + 20)
    expect(short).not.toContain('weekly: all.csv')
    expect(long).toContain('<a href="./weekly%3A%20all.csv">')
  })

  test('a list that was not proved is told first', async () => {
    const sources = [
      { plan: 'dbs1', rows: 3, proof: proof() },
      { plan: 'dbs2', rows: 0, error: { code: 'unreachable', message: 'DBS <b>did</b> not answer' } },
      { plan: 'dbs3', rows: 3, proof: proof({ verdict: 'moving' as const }) },
    ]
    const text = await pageText(tasks(3), { sources })
    expect(text).toContain('<strong>Not proved complete.</strong> 2 of 3 lists may lack tasks')
    expect(text).toContain('could not be read: unreachable: DBS &lt;b&gt;did&lt;/b&gt; not answer')
    expect(text.indexOf('NOT proved: it kept moving')).toBeLessThan(text.indexOf('sealed, complete'))
  })

  test('an empty report says so', async () => {
    const text = await pageText([])
    expect(text).toContain('No task is in this report.')
    expect(text).toContain('No task failed.')
  })

  test('rows are held no longer than the page shows them', async () => {
    let bytes = 0
    for await (const chunk of pageChunks(longMessages())) bytes += chunk.length
    expect(bytes).toBeLessThan(3_000_000)
  })
})

describe('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterAll(() => browser.close())

  test.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 375],
    ['dark', 375],
  ] as const)('axe finds nothing in %s at %d pixels, and nothing is wider', async (colorScheme, width) => {
    await using folder = await tempFolder()
    const report = await reportOf(', filter: { status: [finish, stop, running, pause] }')
    const url = await writtenPage(folder.path, await pageText(tasks(120), { report }))
    await using there = await visit(browser, url, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true })
    await there.page.evaluate(axe.source)
    const violations = await there.page.evaluate<readonly { id: string; nodes: readonly { html: string }[] }[]>(
      'axe.run().then(({ violations }) => violations)',
    )
    expect(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html.slice(0, 150))])).toEqual([])
    expect(await there.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    if (process.env['SCREENSHOTS'] !== undefined)
      await there.page.screenshot({ path: `${process.env['SCREENSHOTS']}/page-${colorScheme}-${width}.png`, fullPage: width > 1000 })
  })

  test('its policy lets its style in and nothing else', async () => {
    await using folder = await tempFolder()
    const text = await pageText(tasks(20))
    await using there = await visit(browser, await writtenPage(folder.path, text))
    expect(await there.page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius")).toBe('8px')
    expect(there.complaints).toEqual([])
    const broken = text.replace('<main>', '<main><script>document.title = "run"</script><img src="https://files.example.com/x.png">')
    await using other = await visit(browser, await writtenPage(folder.path, broken))
    expect(await other.page.title()).toBe('weekly · backset')
    expect(other.complaints.length).toBeGreaterThan(1)
  })

  test('a hostile name is text, and shows what it is', async () => {
    await using folder = await tempFolder()
    const name = `"><img src=x onerror=alert(1)>\u202Egnp.\u0000exe</script></style>`
    const hostile = {
      ...taskAt(2),
      backupSetDownloadTaskId: name,
      backupSetDownloadTaskName: name,
      backupPlanId: name,
      backupSetDbType: name,
      backupSetDownloadStatus: name,
      errMessage: name,
    }
    const sources = [{ plan: name, rows: 3, proof: proof() }]
    const text = await pageText([hostile, hostile, hostile], { sources })
    await using there = await visit(browser, await writtenPage(folder.path, text))
    const shown = String.raw`"><img src=x onerror=alert(1)>\u202egnp.\u0000exe</script></style>`
    expect(await there.page.locator('#all ~ table td.id').first().textContent()).toBe(shown)
    expect(await there.page.locator('img, script, [onerror]').count()).toBe(0)
    expect(['\u202E', '\u0000'].filter((character) => text.includes(character))).toEqual([])
    expect(there.complaints).toEqual([])
    expect(there.requests).toEqual([])
  })

  test('on paper every table has its head on each page', async () => {
    await using folder = await tempFolder()
    await using there = await visit(browser, await writtenPage(folder.path, await pageText(tasks(120))))
    await there.page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await there.page.evaluate("getComputedStyle(document.querySelector('thead')).display")).toBe('table-header-group')
    expect(await there.page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")).toBe('rgb(255, 255, 255)')
    const pdf = await there.page.pdf({
      format: 'A4',
      landscape: true,
      ...(process.env['SCREENSHOTS'] !== undefined && { path: `${process.env['SCREENSHOTS']}/page.pdf` }),
    })
    expect(pdf.length).toBeGreaterThan(10_000)
  })
})
