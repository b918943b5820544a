import { commonSettings, duration, durationOrNone, integer, text, type Settings, type Values } from '@backset/settings'
import { networks } from './limits/networks.js'
import { origins } from './limits/origins.js'
import { rate } from './limits/rate.js'

/** The time of a whole command is nothing a server has. */
const { timeout: _, ...shared } = commonSettings

/** How DBS is asked: the settings that all apps share. */
export const sharedSettings = shared

/** What the server may be told beyond those. */
export const ownSettings = {
  host: { kind: text('HOST'), flag: 'host', variable: 'BACKSET_HOST', default: '127.0.0.1', summary: 'Address to listen on' },
  port: {
    kind: integer({ min: 0, max: 65_535 }),
    flag: 'port',
    variable: 'BACKSET_PORT',
    default: '8787',
    summary: 'Port to listen on; 0 takes a free one',
  },
  keys: { kind: text('FILE'), flag: 'keys', variable: 'BACKSET_KEYS', summary: 'File of API keys, as backset-api keys writes it' },
  stateDir: {
    kind: text('DIR'),
    flag: 'state-dir',
    variable: 'BACKSET_STATE_DIR',
    defaultNote: 'in memory: cursors end with the process',
    summary: 'Folder that holds the key cursors are signed with',
  },
  maxAge: {
    kind: durationOrNone,
    flag: 'max-age',
    variable: 'BACKSET_MAX_AGE',
    default: '5s',
    summary: 'How old an answer may be; with 0s only requests that come together share one',
  },
  staleIfError: {
    kind: durationOrNone,
    flag: 'stale-if-error',
    variable: 'BACKSET_STALE_IF_ERROR',
    default: '5m',
    summary: 'How old an answer may be while DBS cannot be asked; 0s for never an old one',
  },
  pollInterval: {
    kind: duration,
    flag: 'poll-interval',
    variable: 'BACKSET_POLL_INTERVAL',
    default: '5s',
    summary: 'How often a plan with listeners is looked at for events',
  },
  rateLimit: {
    kind: rate,
    flag: 'rate-limit',
    variable: 'BACKSET_RATE_LIMIT',
    defaultNote: '50/s with keys, off without',
    summary: 'Requests a key may make, and an address before its key is known',
  },
  trustProxy: {
    kind: networks,
    flag: 'trust-proxy',
    variable: 'BACKSET_TRUST_PROXY',
    defaultNote: 'none',
    summary: 'Proxies, as addresses or networks, whose word on the client is believed',
  },
  corsOrigin: {
    kind: origins,
    flag: 'cors-origin',
    variable: 'BACKSET_CORS_ORIGIN',
    defaultNote: 'none',
    summary: 'Origins whose pages may read answers',
  },
} as const satisfies Settings

export const apiSettings = { ...sharedSettings, ...ownSettings } as const satisfies Settings

export type ApiSettings = Values<typeof apiSettings>
