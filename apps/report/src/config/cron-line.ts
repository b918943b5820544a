import { InputError } from '@backset/core'
import { Cron } from 'croner'

/** Cron lines as report files have them: 5 fields, or 6 with seconds first; no nicknames as `@daily`. */
export const cronMode = '5-or-6-parts'

/**
 * Judges a cron line.
 * @throws InputError that says what is wrong with it
 */
export function cronFault(line: string): void {
  try {
    const cron = new Cron(line, { paused: true, mode: cronMode, timezone: 'UTC' })
    if (cron.nextRun() === null) throw new InputError(`schedule ${JSON.stringify(line)} never comes.`, { field: 'schedule', hint })
  } catch (error) {
    if (error instanceof InputError) throw error
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    throw new InputError(`schedule ${JSON.stringify(line)} is no cron line: ${why}.`, { field: 'schedule', hint })
  }
}

const hint = 'Write minute, hour, day, month and weekday, as "0 6 * * 1" for Mondays at six.'
