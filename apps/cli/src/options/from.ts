import type { Options } from '@backset/settings'

/** Rows of an earlier run in the place of those of DBS. */
export const fromOption = {
  from: {
    kind: 'text',
    group: 'Which',
    placeholder: 'FILE',
    summary: 'Tasks of a saved json or ndjson export; nothing is sent and no key needed; - reads stdin',
  },
} as const satisfies Options
