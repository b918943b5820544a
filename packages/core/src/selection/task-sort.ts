import { InputError } from '../errors/input-error.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { compareExact } from '../schemas/exact-integer.js'
import { fieldNamed, type TaskField } from './field-names.js'

/** Orders two tasks: negative, zero or positive. */
export type TaskOrder = (a: DownloadTask, b: DownloadTask) => number

/**
 * An order from the names of fields, full or short, separated by commas; `-` before one turns it round. A task that lacks the field comes last either
 * way. Sizes are compared exactly, words by UTF-16 units, so that the order is the same on every machine.
 * @throws InputError for a word that is no field, and for nothing
 * @example tasks.toSorted(parseSort('-createTime,name'))
 */
export function parseSort(text: string, field = 'sort'): TaskOrder {
  const orders = text.split(',').map((word) => orderOf(word.trim(), field))
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b)
      if (result !== 0) return result
    }
    return 0
  }
}

function orderOf(word: string, field: string): TaskOrder {
  const isDown = word.startsWith('-')
  const name = isDown ? word.slice(1) : word
  if (name === '')
    throw new InputError(`${field} names no field.`, { field, hint: 'Write it as createTime, or -createTime for the newest first.' })
  const by = fieldNamed(name, field)
  if (by === 'raw') throw new InputError(`${field} is raw, which has no order.`, { field })
  const compare = by === 'backupSetDataSize' || by === 'durationMs' ? byNumber(by) : byText(by)
  return (a, b) => {
    const [left, right] = [a[by], b[by]]
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
    return isDown ? compare(b, a) : compare(a, b)
  }
}

const byNumber =
  (by: 'backupSetDataSize' | 'durationMs'): TaskOrder =>
  (a, b) =>
    compareExact(a[by] ?? 0, b[by] ?? 0)

const byText =
  (by: Exclude<TaskField, 'raw'>): TaskOrder =>
  (a, b) => {
    const [left, right] = [String(a[by]), String(b[by])]
    return left < right ? -1 : left > right ? 1 : 0
  }
