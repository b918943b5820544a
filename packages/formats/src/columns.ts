import { InputError, nearestName, type LinkView } from '@backset/core'

/** How a value is shown to people. `id` is text that stays whole while anything else can be cut; the numeric kinds are aligned right and never escaped. */
export type ColumnKind = 'id' | 'text' | 'number' | 'bytes' | 'duration' | 'time'

/** How things stand with a row, for its colour. */
export type Tone = 'good' | 'bad' | 'busy' | 'held'

export interface Column {
  /** The JSON key, and the header in CSV and TSV. */
  readonly name: string
  /** The header in a table. */
  readonly label: string
  readonly kind: ColumnKind
  readonly valueOf: (row: unknown) => unknown
  readonly tone?: ((row: unknown) => Tone | undefined) | undefined
}

export const isNumeric = ({ kind }: Column): boolean => kind === 'number' || kind === 'bytes' || kind === 'duration'

/** A field of a row as a column; the name is ours, so it reaches no prototype. */
export const column = (name: string, label: string, kind: ColumnKind = 'text', tone?: Column['tone']): Column => ({
  name,
  label,
  kind,
  valueOf: (row) => (row as Readonly<Record<string, unknown>>)[name],
  tone,
})

/** A kind of rows: what can be said of them, and what is said unasked. */
export interface RowKind {
  readonly columns: readonly Column[]
  /** The field that names a row; what the format `id` prints. */
  readonly id: string
  /** Names of the columns in CSV and TSV. */
  readonly machine: readonly string[]
  /** Names of the columns in a table. */
  readonly shown: readonly string[]
  /** Those of them that a narrow terminal goes without, the first first. @default none but the last ones */
  readonly spare?: readonly string[] | undefined
  /** A row with its links as asked. */
  readonly present: (row: unknown, links: LinkView) => unknown
  /** The full name of a field for a short one. @throws InputError @default the only field that ends with it */
  readonly nameOf?: ((text: string) => string) | undefined
}

/**
 * The columns of these names, in this order. A short name is a header of the table (`created`), a word behind what the rows are (`id` of plans:
 * `backupPlanId`), or the end of one name alone (`size`).
 * @throws InputError that names the nearest one
 */
export function columnsNamed(kind: RowKind, names: readonly string[]): readonly Column[] {
  const chosen = names.map((name) => columnNamed(kind, name.trim()))
  const twice = chosen.find(({ name }, at) => chosen.findIndex((other) => other.name === name) !== at)
  if (twice !== undefined)
    throw new InputError(`The column ${twice.name} is named twice.`, { field: 'columns', hint: 'Name each column once.' })
  return chosen
}

function columnNamed(kind: RowKind, text: string): Column {
  const { columns, nameOf } = kind
  const exact = columns.find(({ name }) => name === text)
  if (exact !== undefined) return exact
  const lower = text.toLowerCase()
  const labelled = columns.find(({ label }) => label.toLowerCase() === lower)
  if (labelled !== undefined) return labelled
  if (nameOf !== undefined) return columnNamed({ ...kind, nameOf: undefined }, nameOf(text))
  const own = `${kind.id.replace(/Id$/, '')}${text}`.toLowerCase()
  const found = columns.find(({ name }) => [lower, own].includes(name.toLowerCase()))
  if (found !== undefined) return found
  const ending = columns.filter(({ name }) => endsWithWord(name, lower))
  const [only] = ending
  if (only !== undefined && ending.length === 1) return only
  throw noColumn(
    text,
    columns.map(({ name }) => name),
    ending.map(({ name }) => name),
  )
}

function noColumn(text: string, known: readonly string[], meant: readonly string[]): InputError {
  const nearest = nearestName(text, known)
  const remedy = nearest === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${nearest}?`
  return new InputError(`There is no column ${JSON.stringify(text.slice(0, 80))}.`, {
    field: 'columns',
    hint: meant.length > 1 ? `It may mean ${meant.join(' or ')}.` : remedy,
  })
}

/** Whether a name in camel case ends with a whole word: `backupPlanId` with `planid`. */
function endsWithWord(name: string, lower: string): boolean {
  if (lower === '' || !name.toLowerCase().endsWith(lower)) return false
  const first = name.charAt(name.length - lower.length)
  return first !== first.toLowerCase()
}
