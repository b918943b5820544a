import { parseExactJson, type DownloadTask } from '@backset/core'
import { csvCellText, isNumeric, type Formulas } from '@backset/formats'
import { changeRows } from '../change-rows.js'
import { CsvParser } from './csv-parser.js'
import { JsonParser, parsedRow } from './json-parser.js'
import { wrongFile } from './wrong-file.js'

/** A row as an export holds it: a task, or some fields of one. */
export type ExportRow = Partial<DownloadTask> & Readonly<Record<string, unknown>>

/** How the rows of an export are written. */
export interface RowForm {
  readonly format: 'csv' | 'json' | 'ndjson'
  /** Of CSV. */
  readonly formulas: Formulas
  readonly excel: boolean
}

/** Takes the text of an export as it comes and gives its rows. */
export interface RowReader {
  /** The header of CSV, once it was read; the other formats have none. */
  readonly columns: readonly string[] | undefined
  readonly push: (text: string) => readonly ExportRow[]
  /** The last rows. @throws DbsError `wrong-file` for a text that broke off */
  readonly end: () => readonly ExportRow[]
}

/** A reader that throws a DbsError `wrong-file` for what is not of its format. */
export function openRowReader(form: RowForm): RowReader {
  if (form.format === 'csv') return csvReader(form)
  const parser = form.format === 'json' ? new JsonParser() : new LineParser()
  return {
    columns: undefined,
    push: (text) => objects(parser.push(text)),
    end: () => objects(parser.end()),
  }
}

function objects(values: readonly unknown[]): readonly ExportRow[] {
  return values.map((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongFile('A row is no object.')
    return value as ExportRow
  })
}

/** A row of JSON a line. */
class LineParser {
  #rest = ''
  #count = 0

  push(text: string): readonly unknown[] {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    return lines.filter((line) => line.trim() !== '').map((line) => parsedRow(line, ++this.#count))
  }

  end(): readonly unknown[] {
    return this.#rest.trim() === '' ? [] : [parsedRow(this.#rest, ++this.#count)]
  }
}

function csvReader({ formulas, excel }: RowForm): RowReader {
  const parser = new CsvParser()
  let columns: readonly string[] | undefined
  let count = 0
  const rowsOf = (records: readonly (readonly string[])[]): readonly ExportRow[] =>
    records.flatMap((cells) => {
      if (columns === undefined) {
        columns = cells.map((cell) => csvCellText(cell, { formulas, excel }))
        return []
      }
      count++
      if (cells.length !== columns.length)
        throw wrongFile(`Row ${count} has ${cells.length === 1 ? '1 cell' : `${cells.length} cells`}, the header ${columns.length}.`)
      const fields = columns.map((name, at) => [name, valueOf(name, csvCellText(cells[at] ?? '', { formulas, excel }))] as const)
      return [Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as ExportRow]
    })
  return {
    get columns() {
      return columns
    },
    push: (text) => rowsOf(parser.push(text)),
    end: () => rowsOf(parser.end()),
  }
}

const numericColumns = new Set(changeRows.columns.filter(isNumeric).map(({ name }) => name))

/** A cell as the field was: CSV has texts alone, and leaves empty what is absent. */
function valueOf(name: string, text: string): unknown {
  if (text === '') return undefined
  if (numericColumns.has(name) && /^-?\d+$/.test(text)) {
    const number = Number(text)
    return Number.isSafeInteger(number) ? number : text
  }
  if (name !== 'raw') return text
  try {
    return parseExactJson(text)
  } catch {
    return text
  }
}
