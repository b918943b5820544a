import type { Options } from '@backset/settings'

/** How a file is fetched. */
export const fetchOptions = {
  connections: { kind: 'text', group: 'Fetching', placeholder: 'N', fallback: '4', summary: 'Ranges of a file asked for at once, 1 to 32' },
  network: {
    kind: 'text',
    group: 'Fetching',
    choices: ['auto', 'internet', 'intranet'],
    fallback: 'auto',
    summary: 'Which link: the internal one first and the public one when it cannot be reached, or one alone',
  },
} as const satisfies Options
