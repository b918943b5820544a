import type { Commands } from '@backset/settings'
import type { Context } from '../command.js'

/** Every command. */
export const commands: Commands<Context> = {
  validate: {
    summary: 'Check a report file: every fault at once, with its line',
    load: async () => (await import('./validate.js')).default,
  },
}
