import { fileURLToPath } from 'node:url'
import { adviceTable, errorCodes, errorGuide } from '@backset/core'
import { exitCodes } from '@backset/settings'
import { expect, test } from 'vitest'
import { errorsPage } from './errors-page.js'

test('docs/errors.md says what the tables say', async () => {
  const page = fileURLToPath(new URL('../../../docs/errors.md', import.meta.url))
  await expect(errorsPage).toMatchFileSnapshot(page) // `vitest run -u` writes it anew
})

test('every code has guidance and an exit code', () => {
  const codes = [...errorCodes].toSorted()
  expect(Object.keys(errorGuide).toSorted()).toEqual(codes)
  expect(Object.keys(exitCodes).toSorted()).toEqual(codes)
})

test('every cause and next step is a sentence', () => {
  const guidance = Object.values(errorGuide).flatMap(({ means, cause, next }) => [means, cause, next])
  const advice = Object.values(adviceTable).flatMap(({ cause, hint }) => [cause, hint])
  for (const text of [...guidance, ...advice]) expect(text).toMatch(/^.{8,}[.]$/s)
})
