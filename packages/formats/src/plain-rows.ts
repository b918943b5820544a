import { presentValue } from '@backset/core'
import { column, type RowKind } from './columns.js'

/**
 * Rows that every format shows with all their fields.
 * @param labels the header of each field in a table, by its name; the first names a row
 */
export function plainRows(labels: Readonly<Record<string, string>>): RowKind {
  const names = Object.keys(labels)
  const [id = ''] = names
  return {
    columns: Object.entries(labels).map(([name, label]) => column(name, label, name === id ? 'id' : 'text')),
    id,
    machine: names,
    shown: names,
    present: (row, links) => presentValue(row, { links }),
  }
}
