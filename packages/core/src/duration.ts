import { InputError } from './errors/input-error.js'

/** Milliseconds as a number, or text as people write it: `500ms`, `30s`, `5m`, `2h`, `7d`. */
export type Duration = number | string

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/**
 * A duration in milliseconds.
 * @throws InputError when it is negative, not finite, or text of another form
 * @example parseDuration('1.5h') // 5400000
 */
export function parseDuration(duration: Duration, field = 'duration'): number {
  if (typeof duration === 'number' && Number.isFinite(duration) && duration >= 0) return duration
  const [, digits, unit] = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)$/.exec(String(duration).trim()) ?? []
  if (digits === undefined || unit === undefined) {
    throw new InputError(`${field} is ${JSON.stringify(duration)}, which is no duration.`, {
      field,
      hint: 'Write it as 500ms, 30s, 5m, 2h or 7d.',
    })
  }
  return Number(digits) * unitMs[unit as keyof typeof unitMs]
}
