import { InputError } from '@backset/core'
import type { Look } from './look.js'

const id = 'backupSetDownloadTaskId'

/**
 * The fields that two exports are compared by; undefined for all that they have.
 * @throws InputError where their columns differ, so that every task would seem changed
 */
export function commonFields(old: Look, later: Look): ReadonlySet<string> | undefined {
  const [a, b] = [old.columns, later.columns]
  for (const { name, columns } of [old, later])
    if (columns !== undefined && !columns.includes(id))
      throw new InputError(`${name} has no column ${id}, so its tasks cannot be told apart.`, { hint: `Export it with ${id}.` })
  if (a !== undefined && b !== undefined) {
    const only = [...lacking(a, later), ...lacking(b, old)]
    if (only.length === 0) return undefined
    throw new InputError(`The exports have different columns: ${only.join(', ')}.`, { hint: 'Compare exports with the same columns.' })
  }
  // Whole tasks have every column that an export can choose; of a choice that no manifest tells nobody knows what it left out.
  const [unknown] = [old, later].filter(({ columns, whole }) => columns === undefined && whole === false)
  const other = unknown === old ? later : old
  if (unknown !== undefined && (other.columns !== undefined || other.whole === true))
    throw new InputError(`${unknown.name} has some fields of its tasks, no manifest beside it tells which, and ${other.name} has others.`, {
      hint: 'Put its manifest beside it, or compare exports with the same columns.',
    })
  const known = a ?? b
  return known && new Set(known)
}

const lacking = (columns: readonly string[], { columns: others = [], name }: Look): readonly string[] =>
  columns.filter((column) => !others.includes(column)).map((column) => `${column} is not in ${name}`)
