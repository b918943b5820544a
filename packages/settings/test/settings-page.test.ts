import { fileURLToPath } from 'node:url'
import { commonSettings, settingsPage } from '@backset/settings'
import { expect, test } from 'vitest'

test('docs/settings.md says what the settings say', async () => {
  const page = fileURLToPath(new URL('../../../docs/settings.md', import.meta.url))
  await expect(settingsPage()).toMatchFileSnapshot(page) // `vitest run -u` writes it anew
})

test('no flag and no variable stands twice', () => {
  const settings = Object.values(commonSettings)
  expect(new Set(settings.map(({ flag }) => flag)).size).toBe(settings.length)
  expect(new Set(settings.map(({ variable }) => variable)).size).toBe(settings.length)
})
