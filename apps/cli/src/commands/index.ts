import type { Commands } from '@backset/settings'
import type { Context } from '../command.js'

/** Every command. */
export const commands: Commands<Context> = {
  list: { summary: 'Print every download task of a plan, proved complete', load: async () => (await import('./list.js')).default },
  get: { summary: 'Print one download task', load: async () => (await import('./get.js')).default },
  wait: { summary: 'Wait until download tasks have ended, and print them', load: async () => (await import('./wait.js')).default },
  watch: { summary: 'Show the tasks of a plan as they change', load: async () => (await import('./watch.js')).default },
  fetch: { summary: 'Bring the files of download tasks to disk', load: async () => (await import('./fetch.js')).default },
  create: {
    summary: 'Create a download task',
    examples: [
      'backset create full --plan dbs1hvb0wxxxxxx --latest',
      'backset create increment --job 1jxxxx4xxxxxq --log-file mysql-bin.000054',
    ],
    commands: {
      full: { summary: 'Of a full backup', load: async () => (await import('./create-full.js')).default },
      increment: { summary: 'Of an increment backup: one log file', load: async () => (await import('./create-increment.js')).default },
    },
  },
  backups: {
    summary: 'Print the backups of a plan, from which downloads are created',
    examples: ['backset backups full --plan dbs1hvb0wxxxxxx', 'backset backups increment --plan dbs1hvb0wxxxxxx -o csv'],
    commands: {
      full: { summary: 'Full backups', load: async () => (await import('./backups-full.js')).default },
      increment: {
        summary: 'Increment backups: log files and their jobs',
        load: async () => (await import('./backups-increment.js')).default,
      },
    },
  },
  plans: { summary: 'Print the backup plans of a region', load: async () => (await import('./plans.js')).default },
  regions: { summary: 'Print the regions DBS serves', load: async () => (await import('./regions.js')).default },
  call: { summary: 'Call any action of DBS, signed and exact', load: async () => (await import('./call.js')).default },
  doctor: { summary: 'Check what stands between this machine and DBS', load: async () => (await import('./doctor.js')).default },
  probe: { summary: 'Measure how DBS answers where no document says', load: async () => (await import('./probe.js')).default },
  config: {
    summary: 'Look at the settings',
    examples: ['backset config explain', 'backset config explain --region cn-beijing -o json'],
    commands: {
      explain: {
        summary: 'Print every setting, its value and what set it',
        load: async () => (await import('./config-explain.js')).default,
      },
    },
  },
  policy: { summary: 'Print the least RAM policy that commands need', load: async () => (await import('./policy.js')).default },
  completion: { summary: 'Print a completion script for your shell', load: async () => (await import('./completion.js')).default },
}
