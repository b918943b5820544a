import type { TaskEventName } from '@backset/core'
import { taskRows, type Column, type RowKind } from '@backset/formats'

const change: Column = {
  name: 'change',
  label: 'CHANGE',
  kind: 'text',
  valueOf: (row) => (row as { readonly change?: TaskEventName }).change,
}

/** Tasks with what happened to them, in a column `change`; the word stands first where no columns are chosen. */
export const changeRows: RowKind = {
  ...taskRows,
  columns: [...taskRows.columns, change],
  machine: ['change', ...taskRows.machine],
  shown: ['change', ...taskRows.shown],
  nameOf: (text) => (text.toLowerCase() === 'change' ? 'change' : (taskRows.nameOf?.(text) ?? text)),
}
