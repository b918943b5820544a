import { InputError, presentValue, type LinkView } from '@backset/core'
import { slices, type Batches } from './batches.js'
import { column, columnsNamed, type Column, type RowKind } from './columns.js'
import type { Formulas } from './formula-safe.js'
import { openColumns } from './open-columns.js'
import { terminalLines } from './terminal-safe.js'

/** What a format is told. */
interface FormatOptions {
  /** The columns for the rows that came; an empty batch asks for those that are known before any. */
  readonly columnsFor: (batch: readonly unknown[]) => readonly Column[]
  /** Columns that a narrow terminal goes without, the first first. */
  readonly spare: readonly string[]
  readonly idOf: (row: unknown) => unknown
  /** The only row is printed by itself, not as a list of one. */
  readonly single: boolean
  readonly formulas: Formulas
  readonly excel: boolean
  readonly timeZone: string
  /** The terminal's width; undefined: nothing is cut. */
  readonly width: number | undefined
  readonly color: boolean
}

/** Rows in, text out. A format gathers nothing: what a batch holds it prints before it asks for the next. Batches are never empty. */
export type Format = (rows: Batches, options: FormatOptions) => AsyncGenerator<string, void, undefined>

const formats = {
  table: async () => (await import('./table.js')).table,
  json: async () => (await import('./json.js')).json,
  ndjson: async () => (await import('./ndjson.js')).ndjson,
  csv: async () => (await import('./csv.js')).csv,
  tsv: async () => (await import('./csv.js')).tsv,
  yaml: async () => (await import('./yaml.js')).yaml,
  id: async () => (await import('./id.js')).id,
} as const satisfies Record<string, () => Promise<Format>>

export type FormatName = keyof typeof formats

/** Every format, as `-o` names it. */
export const formatNames = Object.keys(formats) as readonly FormatName[]

/** Which rows, and what of them. */
export interface RowOptions {
  /** What the rows are; undefined for values of any form, as a query makes them. */
  readonly kind?: RowKind | undefined
  /** Fields to print, in this order, by full or short name. @default what the kind of rows shows in this format */
  readonly columns?: readonly string[] | undefined
  /** @default 'masked' */
  readonly links?: LinkView | undefined
}

/** How rows are printed. */
export interface RenderOptions extends RowOptions {
  /** CSV and TSV. @default 'escape' */
  readonly formulas?: Formulas | undefined
  /** CSV alone: for spreadsheets, which then see UTF-8 and change no id. @default false */
  readonly excel?: boolean | undefined
  /** Tables. @default 'UTC' */
  readonly timeZone?: string | undefined
  /** Given when a terminal reads: tables are cut to its width, and no format sends it a character that it would obey. */
  readonly terminal?: { readonly width?: number | undefined; readonly color?: boolean | undefined } | undefined
}

/** Prints batches of rows; what one batch holds comes as text before the next is asked for. */
export type Renderer = (
  rows: Batches,
  options?: {
    /** The only row is printed by itself, not as a list of one; a plain value without a header. @default false */
    readonly single?: boolean
  },
) => AsyncGenerator<string, void, undefined>

/** Rows of one text. A text over 128 KiB is a large object to V8, and making those costs ten times as much a row (measured on Node 20). */
const rowsAtOnce = 40

/**
 * Opens a format. Its options are judged at once, before anything is asked of anybody; every row passes the gate that masks links.
 * @throws InputError for a column that is not there, and for `excel` without CSV
 */
export async function openFormat(name: FormatName, options: RenderOptions = {}): Promise<Renderer> {
  const { kind, columns, terminal, formulas = 'escape', excel = false, timeZone = 'UTC' } = options
  if (excel && name !== 'csv')
    throw new InputError(`excel goes with csv alone, not with ${name}.`, { field: 'excel', hint: 'Leave it out.' })
  const view = rowView(name === 'json' || name === 'ndjson' || name === 'yaml' ? options : { ...options, columns: undefined })
  const named = kind && columnsNamed(kind, columns ?? (name === 'table' ? kind.shown : kind.machine))
  const format = await formats[name]()
  const idOf = kind === undefined ? (row: unknown): unknown => row : column(kind.id, '', 'id').valueOf
  const spare = columns === undefined ? (kind?.spare ?? []) : []
  const width = terminal?.width
  const color = terminal?.color ?? false
  return async function* render(rows, { single = false } = {}) {
    const columnsFor = named === undefined ? openColumns({ single }) : () => named
    const shown = viewed(slices(rows, rowsAtOnce), view)
    for await (const text of format(shown, { columnsFor, spare, idOf, single, formulas, excel, timeZone, width, color })) {
      // A table's cells are safe already, and its colours must pass.
      yield terminal === undefined || name === 'table' ? text : terminalLines(text)
    }
  }
}

async function* viewed(rows: Batches, view: (row: unknown) => unknown): Batches {
  for await (const batch of rows) yield batch.map(view)
}

/**
 * What is seen of a row: its links as asked, and the chosen fields alone. A query must be given this, not the row itself.
 * @throws InputError for a column that is not there
 */
export function rowView({ kind, columns, links = 'masked' }: RowOptions): (row: unknown) => unknown {
  if (kind === undefined) return (row) => presentValue(row, { links })
  const chosen = columns === undefined ? undefined : columnsNamed(kind, columns)
  if (chosen === undefined) return (row) => kind.present(row, links)
  return (row) => {
    const shown = kind.present(row, links)
    const fields = chosen.map(({ name, valueOf }) => [name, valueOf(shown)] as const)
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
  }
}
