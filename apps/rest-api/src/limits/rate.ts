import { InputError } from '@backset/core'
import type { Kind } from '@backset/settings'
import type { Rule } from '../ports/limits.js'

const unitMs = { s: 1000, m: 60_000, h: 3_600_000 } as const
const takes = 'N/s, N/m, N/h or off'

/** A rate as people write it, `50/s`; `off` is none. */
export const rate: Kind<Rule | 'off'> = {
  form: 'text',
  takes: 'N/s|off',
  read(input, source) {
    const text = typeof input === 'string' ? input.trim().toLowerCase() : input
    if (text === 'off' || text === false) return 'off' // YAML 1.1 reads a bare `off` as false
    const [, digits, unit] = typeof text === 'string' ? (/^(\d{1,7})\s*\/\s*(s|m|h)$/.exec(text) ?? []) : []
    if (digits === undefined || unit === undefined || Number(digits) === 0) {
      throw new InputError(`${source} is ${quoted(input)}, but it takes ${takes}.`, {
        field: source,
        hint: 'Write it as 50/s, 600/m or off.',
      })
    }
    return { limit: Number(digits), windowMs: unitMs[unit as keyof typeof unitMs] }
  },
}

const quoted = (input: unknown): string => (JSON.stringify(input) ?? String(input)).slice(0, 80)
