import type { Commands } from '@backset/settings'
import type { Context } from '../command.js'

/** Every command. */
export const commands: Commands<Context> = {
  run: { summary: 'Run reports once, now or for another due time', load: async () => (await import('./run.js')).default },
  schedule: { summary: 'Stay, and run each report when it is due', load: async () => (await import('./schedule.js')).default },
  validate: {
    summary: 'Check a report file: every fault at once, with its line',
    load: async () => (await import('./validate.js')).default,
  },
  history: { summary: 'Print every run of the reports, the newest last', load: async () => (await import('./history.js')).default },
  verify: {
    summary: 'Compare exports with their manifests, or prove that none is missing',
    load: async () => (await import('./verify.js')).default,
  },
  diff: { summary: 'Tell what happened to the tasks between two exports', load: async () => (await import('./diff.js')).default },
}
