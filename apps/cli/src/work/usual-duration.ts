import type { DownloadTask } from '@backset/core'

/** Tasks of the nearest sizes that are looked at. */
const most = 15
const fewest = 3

const logSize = ({ backupSetDataSize }: DownloadTask): number | undefined => {
  const size = Number(backupSetDataSize ?? 0)
  return size > 0 ? Math.log(size) : undefined
}

/**
 * How long such a task usually takes, by finished ones of its plan: the median of those whose sizes are nearest.
 * @returns milliseconds; undefined where too few have finished
 */
export function usualDuration(task: DownloadTask, finished: readonly DownloadTask[]): number | undefined {
  const size = logSize(task)
  const away = (other: DownloadTask): number => Math.abs((logSize(other) ?? Infinity) - (size ?? 0))
  const alike = finished.filter(({ state, durationMs }) => state === 'done' && durationMs !== undefined && durationMs > 0)
  const nearest = (size === undefined ? alike : alike.toSorted((a, b) => away(a) - away(b) || 0)).slice(0, most)
  const durations = nearest.map(({ durationMs = 0 }) => durationMs).toSorted((a, b) => a - b)
  return durations.length < fewest ? undefined : durations[Math.floor(durations.length / 2)]
}
