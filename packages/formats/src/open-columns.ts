import { InputError } from '@backset/core'
import type { Column } from './columns.js'

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const whole: Column = { name: 'value', label: 'VALUE', kind: 'text', valueOf: (row) => row }
const alone: Column = { ...whole, name: '', label: '' }

const keyed = (name: string): Column => ({
  name,
  label: name.toUpperCase(),
  kind: 'text',
  valueOf: (row) => (isPlain(row) && Object.hasOwn(row, name) ? row[name] : undefined),
})

/**
 * Columns for rows of a form nobody told, as a query makes them: the keys of the first batch, or the one column `value` where a row is no object.
 * What comes later must fit them, since a header cannot be taken back and a value must not be left out in silence. A value that is alone has no name.
 */
export function openColumns({ single }: { readonly single: boolean }): (batch: readonly unknown[]) => readonly Column[] {
  let columns: readonly Column[] | undefined
  let keys: ReadonlySet<string> = new Set()
  return (batch) => {
    if (columns === undefined) {
      if (batch.length === 0) return []
      keys = new Set(batch.every(isPlain) ? batch.flatMap((row) => Object.keys(row)) : [])
      columns = keys.size > 0 ? [...keys].map(keyed) : [single ? alone : whole]
    } else if (keys.size > 0) {
      for (const row of batch) if (!isPlain(row) || Object.keys(row).some((key) => !keys.has(key))) throw unlike([...keys])
    }
    return columns
  }
}

const unlike = (keys: readonly string[]): InputError =>
  new InputError(`A row has other keys than those before it, which had ${keys.join(', ')}.`, {
    field: 'query',
    hint: 'Let the query make rows of one form, or print them with -o json or ndjson.',
  })
