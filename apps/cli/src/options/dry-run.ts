import type { Options } from '@backset/settings'

/** Shows what would be sent, and sends nothing. */
export const dryRunOptions = {
  'dry-run': {
    kind: 'text',
    bare: 'request',
    choices: ['request', 'curl', 'ts'],
    group: 'Dry run',
    summary: 'Print the first request instead of sending it, as it is, as a curl line or as TypeScript',
  },
  reveal: { kind: 'switch', group: 'Dry run', needs: 'dry-run', summary: 'Show its signature' },
} as const satisfies Options
