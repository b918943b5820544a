import { readFile, stat } from 'node:fs/promises'
import { DbsError, InputError, stateOf, type DownloadTask } from '@backset/core'
import { bytesOf, textOf } from '../exports/read-export.js'
import { openRowReader, type ExportRow, type RowForm } from '../exports/row-reader.js'
import { wrongFile } from '../exports/wrong-file.js'
import { Manifest, manifestOf } from '../manifest.js'

/** An export as one of two looks at a list. */
export interface Look {
  /** As it was named. */
  readonly name: string
  readonly path: string
  readonly form: RowForm & { readonly gzip: boolean }
  /** Fields of its rows: the header of CSV, or what the manifest tells; undefined where nobody tells. */
  readonly columns: readonly string[] | undefined
  /** Whether its rows are whole tasks; undefined where there is none. */
  readonly whole: boolean | undefined
  /** Where one stands beside it. */
  readonly manifest: Manifest | undefined
}

/**
 * Opens an export for a comparison.
 * @throws InputError for a file that cannot be compared, DbsError `wrong-file` for one that cannot be read
 */
export async function openLook(name: string, path: string, signal: AbortSignal): Promise<Look> {
  const found = /\.(csv|json|ndjson)(\.gz)?$/i.exec(path)
  if (found === null || /\.manifest\.json$/i.test(path))
    throw new InputError(`${name} is no export that can be compared.`, {
      hint: 'Give files that end with .csv, .json or .ndjson, or with .gz behind that.',
    })
  if ((await stat(path).catch(() => undefined))?.isFile() !== true)
    throw new InputError(`${name} is not there, or is no file.`, { hint: 'Name two exports.' })
  const format = (found[1] ?? '').toLowerCase() as RowForm['format']
  const manifest = await manifestBeside(path)
  if (manifest?.settings.onlyChanges === true)
    throw new InputError(`${name} holds changes alone, not all tasks.`, { hint: 'Compare exports of a report without onlyChanges.' })
  const formulas = manifest?.settings.formulas === 'keep' ? 'keep' : 'escape'
  // Without a manifest nobody tells; a tab before digits comes from nothing else.
  const excel = manifest?.settings.excel ?? format === 'csv'
  const form = { format, gzip: found[2] !== undefined, excel, formulas } as const
  const { columns = manifest?.columns, row } = await beginning(name, path, form, signal)
  return { name, path, form, columns, whole: row && row.state !== undefined && format !== 'csv', manifest }
}

async function manifestBeside(path: string): Promise<Manifest | undefined> {
  try {
    return Manifest.safeParse(JSON.parse(await readFile(manifestOf(path), 'utf8'))).data
  } catch {
    return undefined // exports can be compared without
  }
}

/** The header and the first row. */
async function beginning(
  name: string,
  path: string,
  form: Look['form'],
  signal: AbortSignal,
): Promise<{ readonly columns?: readonly string[] | undefined; readonly row?: ExportRow | undefined }> {
  const reader = openRowReader(form)
  try {
    for await (const text of textOf(bytesOf(path, signal), form)) {
      const [row] = reader.push(text)
      if (row !== undefined) return { columns: reader.columns, row }
    }
    const [row] = reader.end()
    if (form.format === 'csv' && reader.columns === undefined) throw wrongFile('It is empty.')
    return { columns: reader.columns, row }
  } catch (error) {
    throw named(name, error)
  }
}

/**
 * The tasks of an export as they come, with these fields of them alone.
 * @throws DbsError `wrong-file` that names the export
 */
export async function* tasksOf(
  { name, path, form }: Look,
  { fields, signal }: { readonly fields: ReadonlySet<string> | undefined; readonly signal: AbortSignal },
): AsyncGenerator<readonly DownloadTask[], void, undefined> {
  const reader = openRowReader(form)
  let count = 0
  const tasks = (rows: readonly ExportRow[]): readonly DownloadTask[] => rows.map((row) => taskOf(row, ++count, fields))
  try {
    for await (const text of textOf(bytesOf(path, signal), form)) yield tasks(reader.push(text))
    yield tasks(reader.end())
  } catch (error) {
    throw named(name, error)
  }
}

function taskOf(row: ExportRow, count: number, fields: ReadonlySet<string> | undefined): DownloadTask {
  const { backupSetDownloadTaskId } = row
  if (typeof backupSetDownloadTaskId !== 'string') throw wrongFile(`Row ${count} has no backupSetDownloadTaskId.`)
  const shown: ExportRow = fields === undefined ? row : Object.fromEntries(Object.entries(row).filter(([field]) => fields.has(field)))
  return { ...shown, backupSetDownloadTaskId, state: shown.state ?? stateOf(shown.backupSetDownloadStatus) }
}

/** The same error with the export's name before it. */
function named(name: string, error: unknown): unknown {
  if (!(error instanceof DbsError) || error.code !== 'wrong-file') return error
  return new DbsError('wrong-file', `${name} cannot be read as an export. ${error.message}`, { hint: 'Give an export that is whole.' })
}
