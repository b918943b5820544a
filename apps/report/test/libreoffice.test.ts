import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { openFormat, taskRows } from '@backset/formats'
import { tempFolder } from './temp-folder.js'
import { taskAt } from './written-page.js'

vi.setConfig({ testTimeout: 180_000 }) // an office suite on a busy machine

const soffice = process.env['SOFFICE'] ?? '/usr/bin/soffice'

const ids = ['9223372036854775807', '1234567890123456', '007', '12e5']
const names = ['=1+1', '+1+1', '@SUM(1)', '=HYPERLINK("https://files.example.com")', '每日全量', '\t=1+1']

async function excelFile(): Promise<string> {
  const columns = ['backupGatewayId', 'backupSetDownloadTaskName', 'backupSetDataSize']
  const render = await openFormat('csv', { kind: taskRows, columns, excel: true })
  const rows = names.map((name, at) => ({
    ...taskAt(at),
    backupSetDownloadTaskName: name,
    backupGatewayId: ids[at % ids.length],
    backupSetDataSize: '9223372036854775807',
  }))
  async function* batches() {
    yield rows
  }
  let text = ''
  for await (const chunk of render(batches())) text += chunk
  return text
}

/** The sheet as LibreOffice has it, every cell with its type and formula. */
async function openedInLibreOffice(folder: string, csv: string): Promise<string> {
  await writeFile(join(folder, 'excel.csv'), csv)
  const filter = '--infilter=CSV:44,34,76,1' // commas, double quotes, UTF-8, from the first line: what its dialog offers for a file with a mark
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  await promisify(execFile)(soffice, [profile, '--headless', filter, '--convert-to', 'fods', '--outdir', folder, join(folder, 'excel.csv')])
  return readFile(join(folder, 'excel.fods'), 'utf8')
}

test('LibreOffice keeps the ids of the excel form and runs no formula', async ({ annotate }) => {
  const csv = await excelFile()
  expect(csv).toMatch(/^\uFEFF/)
  expect(csv).not.toMatch(/(?:^|,)"?[=+\-@]/m)
  if (!existsSync(soffice)) {
    await annotate(`There is no ${soffice} (apt-get install libreoffice-calc-nogui): the file was checked as text, and opened by nobody.`)
    return
  }
  await using folder = await tempFolder()
  const sheet = await openedInLibreOffice(folder.path, csv)
  expect(sheet).not.toContain('table:formula=')
  expect(sheet).not.toMatch(/office:value-type="(?:float|date|percentage)"/)
  const texts = [...sheet.matchAll(/<text:p>(.*?)<\/text:p>/g)].map(([, text = '']) => text.replaceAll('<text:tab/>', '\t'))
  for (const id of ids) expect(texts).toContain(`\t${id}`)
  expect(texts.filter((text) => text === '\t9223372036854775807').length).toBeGreaterThanOrEqual(names.length)
  expect(texts).toContain('每日全量')
  expect(texts).toContain('&apos;=1+1')
})
