import type { Options } from '@backset/settings'
import { commonOptions } from './common.js'
import { dryRunOptions } from './dry-run.js'
import { fieldOptions, outputOptions, verboseOption } from './output.js'

/** The same for both kinds of backups. */
export const backupOptions = (fieldWords: readonly string[]) =>
  ({
    plan: { kind: 'text', group: 'Which', placeholder: 'ID', summary: 'Backups of this plan' },
    ...outputOptions,
    ...fieldOptions(fieldWords),
    ...verboseOption,
    ...dryRunOptions,
    ...commonOptions,
  }) as const satisfies Options
