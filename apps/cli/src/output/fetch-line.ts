import { humanText } from '@backset/formats'
import type { FetchProgress } from '@backset/transfer'

const human = humanText('UTC')

/**
 * How far a file is, in one line: `urx1  45%  540.0 MiB of 1.2 GiB  35.2 MiB/s  19s left  2 of 5`.
 * @param rate bytes a second
 */
export function fetchLine({ taskId, bytes, size }: FetchProgress, rate: number | undefined, place?: string): string {
  const left = rate === undefined || rate <= 0 ? undefined : Math.ceil((size - bytes) / rate) * 1000
  const parts = [
    taskId,
    `${size === 0 ? 100 : Math.floor((bytes / size) * 100)}%`,
    `${human(bytes, 'bytes')} of ${human(size, 'bytes')}`,
    rate === undefined ? undefined : `${human(Math.round(rate), 'bytes')}/s`,
    left === undefined ? undefined : `${human(left, 'duration')} left`,
    place,
  ]
  return parts.filter((part) => part !== undefined).join('  ')
}
