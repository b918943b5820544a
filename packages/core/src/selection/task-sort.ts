import { compareExact, type ExactInteger } from '../schemas/exact-integer.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { taskFieldNamed, type TaskField } from './field-names.js'

export type Compare = (a: DownloadTask, b: DownloadTask) => number

const numeric: ReadonlySet<TaskField> = new Set(['backupSetDataSize', 'backupGatewayId', 'durationMs'])

/**
 * An order by one field or several, `-` before a name for descending: `-createTime`. Tasks without the field come last either way; numbers are compared exactly.
 * @throws InputError for a name that is no field
 */
export function parseSort(keys: readonly string[]): Compare {
  const orders = keys.map((key) => {
    const isDescending = key.startsWith('-')
    return { field: taskFieldNamed(key.replace(/^[-+]/, '')), sign: isDescending ? -1 : 1 }
  })
  return (a, b) => {
    for (const { field, sign } of orders) {
      const [left, right] = [a[field], b[field]]
      if (left === undefined || right === undefined) {
        if (left !== right) return left === undefined ? 1 : -1
        continue
      }
      const order = numeric.has(field)
        ? compareExact(left as ExactInteger, right as ExactInteger)
        : compareText(textOf(left), textOf(right))
      if (order !== 0) return sign * order
    }
    return 0
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
