import type { Options } from '@backset/settings'

/** How a command waits. `--timeout` is a setting; who waits has two hours where it is not given. */
export const waitOptions = {
  interval: {
    kind: 'text',
    group: 'Waiting',
    placeholder: 'DURATION',
    fallback: 'grows from 2s to 30s',
    summary: 'Time between two looks at a task',
  },
} as const satisfies Options
