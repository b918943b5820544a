import type { Commands } from '@backset/settings'
import type { Context } from '../command.js'

/** Every command. */
export const commands: Commands<Context> = {
  run: { summary: 'Run reports once, now or for another due time', load: async () => (await import('./run.js')).default },
  validate: {
    summary: 'Check a report file: every fault at once, with its line',
    load: async () => (await import('./validate.js')).default,
  },
}
