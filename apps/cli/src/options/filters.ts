import { taskStates, taskStatuses } from '@backset/core'
import type { Options } from '@backset/settings'
import { knownWords } from './known-words.js'

/** Which tasks: the same words as in the REST API's query and in a report's `filter`. */
export const filterOptions = {
  status: {
    kind: 'list',
    group: 'Filters',
    placeholder: 'WORD',
    suggestions: [...taskStates, ...taskStatuses],
    summary: 'Status, or a group: active, done, failed, suspended, unknown',
  },
  since: { kind: 'text', group: 'Filters', placeholder: 'WHEN', summary: 'Created at or after: 7d, 2026-01-01, 2026-01-01T10:00' },
  until: { kind: 'text', group: 'Filters', placeholder: 'WHEN', summary: 'Created before' },
  'db-type': { kind: 'list', group: 'Filters', placeholder: 'WORD', suggestions: knownWords['db-type'], summary: 'Database, as MySQL' },
  way: { kind: 'list', group: 'Filters', choices: ['manual', 'auto'], summary: 'How the download was asked for' },
  'job-type': {
    kind: 'list',
    group: 'Filters',
    placeholder: 'WORD',
    suggestions: knownWords['job-type'],
    summary: 'As cbs_backup_sub_full',
  },
  'data-format': { kind: 'list', group: 'Filters', choices: ['Native', 'SQL', 'CSV', 'JSON'], summary: 'Format of the data' },
  name: { kind: 'list', group: 'Filters', placeholder: 'GLOB', summary: "Task name, with * and ?: '*-ManualFull'" },
  'min-size': { kind: 'text', group: 'Filters', placeholder: 'SIZE', summary: 'At least: 10GiB, 500MB, bytes without a unit' },
  'max-size': { kind: 'text', group: 'Filters', placeholder: 'SIZE', summary: 'At most' },
} as const satisfies Options
