import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCellText } from './csv-cell-text.js'
import { formulaSafe } from './formula-safe.js'
import { spreadsheetText } from './spreadsheet-text.js'

const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '＝', '\t', ' ', 'a', '0', '1', 'e', "'", '库') })
const id = fc.string({ unit: fc.constantFrom('0', '1', 'e'), minLength: 1, maxLength: 20 })

test('what was made safe comes back, but for a text that looked made safe', () => {
  fc.assert(
    fc.property(fc.oneof(text, id), fc.boolean(), fc.constantFrom('escape' as const, 'keep' as const), (given, excel, formulas) => {
      const safe = formulas === 'escape' ? formulaSafe(given) : given
      const cell = excel ? spreadsheetText(safe) : safe
      const looksSafe = given.startsWith("'") || (excel && given.startsWith('\t'))
      fc.pre(!looksSafe)
      expect(csvCellText(cell, { formulas, excel })).toBe(given)
    }),
  )
})

test('a quote before any other text stays', () => {
  expect(csvCellText("'twas", { formulas: 'escape', excel: true })).toBe("'twas")
  expect(csvCellText("'=1", { formulas: 'keep', excel: false })).toBe("'=1")
})
