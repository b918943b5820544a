import type { Formulas } from '@backset/formats'
import { textOf } from '../exports/read-export.js'
import { openRowCheck } from '../exports/row-check.js'
import { openRowReader, type ExportRow } from '../exports/row-reader.js'
import type { Manifest } from '../manifest.js'
import type { Faults } from './faults.js'

/** What a manifest says of the content of a file. */
export interface Content {
  readonly format: Manifest['format']
  readonly gzip: boolean
  readonly rows: number
  readonly columns?: readonly string[] | undefined
  readonly settings: Pick<Manifest['settings'], 'formulas' | 'excel'>
}

/**
 * Reads a file to its end, row by row, and tells what is not as its manifest says.
 * @throws DbsError `wrong-file` where it cannot be read on
 */
export async function checkContent(bytes: AsyncIterable<Uint8Array>, content: Content, faults: Faults): Promise<void> {
  const { format } = content
  const text = textOf(bytes, content)
  if (format === 'html') await checkPage(text, faults)
  else await checkRows(text, { ...content, format }, faults)
}

async function checkRows(text: AsyncIterable<string>, content: Content & { readonly format: 'csv' | 'json' | 'ndjson' }, faults: Faults) {
  const { columns, format, settings } = content
  const reader = openRowReader({ format, formulas: settings.formulas as Formulas, excel: settings.excel })
  const faultOf = openRowCheck({ format, columns: columns && [...columns] })
  let count = 0
  const take = (rows: readonly ExportRow[]): void => {
    for (const row of rows) {
      count++
      // Under another header every row would be one.
      const fault = isAsTold(reader.columns, columns) ? faultOf(row) : undefined
      if (fault !== undefined) faults.add(`Row ${count}: ${fault}.`)
    }
  }
  for await (const piece of text) take(reader.push(piece))
  take(reader.end())
  if (format === 'csv' && !isAsTold(reader.columns ?? [], columns))
    faults.add(`Its columns are ${reader.columns?.join(', ') ?? 'none'}, and its manifest says ${columns?.join(', ') ?? ''}.`)
  if (count !== content.rows) faults.add(`It has ${count} rows, and its manifest says ${content.rows}.`)
}

/** Whether a header is the one that was written; JSON has none, and a companion's is told nowhere. */
const isAsTold = (header: readonly string[] | undefined, columns: readonly string[] | undefined): boolean =>
  header === undefined || columns === undefined || (header.length === columns.length && header.every((name, at) => name === columns[at]))

/** A page holds its rows as pictures and tables; that it is whole is what can be seen, and its checksum says the rest. */
async function checkPage(text: AsyncIterable<string>, faults: Faults): Promise<void> {
  let [first, last] = ['', '']
  for await (const piece of text) {
    if (first.length < 100) first += piece.slice(0, 100)
    last = (last + piece).slice(-100)
  }
  if (!/^\s*<!doctype html/i.test(first) || !/<\/html>\s*$/i.test(last)) faults.add('It is no whole page.')
}
