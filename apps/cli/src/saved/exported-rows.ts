import { InputError, parseExactJson } from '@backset/core'

/** A value of an export, and where it stands in words: `line 3`. */
export interface ExportedRow {
  readonly value: unknown
  readonly place: string
}

/** A JSON document is held whole; beyond this a file should be ndjson, which is not. */
const longestDocument = 2 ** 28

/**
 * The rows of an export: a row a line, read as they come; or one JSON document, which is an array of rows, a page with `items`, or one row.
 * @param texts the file in pieces of any length
 * @throws InputError that names the line that is no JSON
 */
export async function* exportedRows(texts: AsyncIterable<string>): AsyncGenerator<readonly ExportedRow[], void, undefined> {
  let [line, rest] = [0, '']
  let isByLine: boolean | undefined
  for await (const text of withoutMark(texts)) {
    rest += text
    isByLine ??= beginsWithRow(rest)
    if (isByLine === false && rest.length > longestDocument) throw tooLong()
    if (isByLine !== true) continue
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    yield lines.flatMap((row) => rowsInLine(row, ++line))
  }
  if (isByLine ?? isRowAlone(rest)) yield rowsInLine(rest, line + 1)
  else yield rowsIn(parsedDocument(rest), '')
}

/** Some editors put a byte order mark before the text. */
async function* withoutMark(texts: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let isFirst = true
  for await (const text of texts) {
    yield isFirst ? text.replace(/^\uFEFF/, '') : text
    isFirst &&= text === ''
  }
}

/** Whether the first line is a whole object; undefined while it has not come. */
function beginsWithRow(text: string): boolean | undefined {
  if (/^\s*[^\s{]/.test(text)) return false
  const [first] = /^\s*\S[^\n]*\n/.exec(text) ?? []
  return first === undefined ? undefined : isRowAlone(first)
}

const isRowAlone = (text: string): boolean => /^\s*(?:\{[^\n]+\}\s*)?$/.test(text)

function rowsInLine(text: string, line: number): readonly ExportedRow[] {
  if (text.trim() === '') return []
  try {
    return rowsIn(parseExactJson(text), `line ${line}`)
  } catch {
    throw unreadable(`Line ${line} of the export is no JSON.`)
  }
}

function parsedDocument(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    throw unreadable(`${placeOfFault(text)} of the export is no JSON.`)
  }
}

/** Found by reading ever less of it; JSON.parse tells a place only of some faults. */
function placeOfFault(text: string): string {
  const lines = text.trimEnd().split('\n')
  if (faultIn(text) === undefined) return 'What nests that deep' // all else that JSON.parse takes is taken
  let [good, bad] = [0, lines.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    const part = lines.slice(0, middle).join('\n')
    if (isOfItsEnd(faultIn(part) ?? '', part)) good = middle
    else bad = middle
  }
  return `Line ${bad}`
}

function faultIn(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return String(error)
  }
}

/** Whether a text is no JSON because something should follow. */
const isOfItsEnd = (fault: string, { length }: string): boolean =>
  /end of JSON input|Unterminated/.test(fault) || fault.includes(`at position ${length}`)

function rowsIn(value: unknown, place: string): readonly ExportedRow[] {
  const rows = Array.isArray(value) ? value : itemsOf(value)
  return rows === undefined
    ? [{ value, place: place === '' ? 'the document' : place }]
    : rows.map((row: unknown, at) => ({ value: row, place: `${place === '' ? '' : `${place}, `}row ${at + 1}` }))
}

const itemsOf = (value: unknown): readonly unknown[] | undefined =>
  typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items) ? value.items : undefined

const unreadable = (message: string): InputError =>
  new InputError(message, {
    field: 'from',
    hint: 'Only what backset list -o ndjson or -o json prints can be asked again, no csv or table; a file that was cut off is the trace of a command that failed.',
  })

const tooLong = (): InputError =>
  new InputError('The export is too long for one JSON document.', {
    field: 'from',
    hint: 'Save it with -o ndjson: that is read row by row.',
  })
