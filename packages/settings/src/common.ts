import { address, choice, duration, integer, list, numberOf, onOff, text, timeZone } from './kinds.js'
import type { Settings } from './setting.js'

/** What every command that asks DBS may be told. */
export const commonSettings = {
  region: {
    kind: list('REGION'),
    flag: 'region',
    variable: 'ALIBABA_CLOUD_REGION_ID',
    summary: 'Region to ask, as cn-hangzhou; several where a command can fan out',
  },
  endpoint: {
    kind: address,
    flag: 'endpoint',
    variable: 'BACKSET_ENDPOINT',
    summary: 'URL or host to ask instead; no region is needed then',
  },
  profile: {
    kind: text('NAME'),
    flag: 'profile',
    variable: 'ALIBABA_CLOUD_PROFILE',
    summary: "Profile of the vendor's files, ~/.aliyun/config.json or ~/.alibabacloud/credentials",
    // The vendor's own order: keys in the environment come before every profile. Only a flag, being nearer to the person, turns that around.
    yieldsTo: {
      variables: ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
      because: 'the keys in the environment come first; --profile would beat them',
    },
  },
  signature: {
    kind: choice(['v3', 'v1'], { v2: 'v1' }),
    flag: 'signature',
    variable: 'BACKSET_SIGNATURE',
    default: 'v3',
    summary: 'ACS3-HMAC-SHA256, or RPC HMAC-SHA1 (which the vendor also calls V2)',
  },
  method: { kind: choice(['post', 'get']), flag: 'method', variable: 'BACKSET_METHOD', default: 'post', summary: 'HTTP method' },
  wire: { kind: choice(['json', 'xml']), flag: 'wire', variable: 'BACKSET_WIRE', default: 'json', summary: 'Format asked of DBS' },
  pageSize: { kind: numberOf([30, 50, 100]), flag: 'page-size', variable: 'BACKSET_PAGE_SIZE', default: '100', summary: 'Rows a page' },
  lookahead: {
    kind: integer({ min: 1, max: 100 }),
    flag: 'lookahead',
    variable: 'BACKSET_LOOKAHEAD',
    default: '10',
    summary: 'Most pages in flight',
  },
  verify: {
    kind: choice(['ends', 'full']),
    flag: 'verify',
    variable: 'BACKSET_VERIFY',
    default: 'ends',
    summary: 'How a listing is proved: both ends read again, or two equal walks',
  },
  allowIncomplete: {
    kind: onOff,
    flag: 'allow-incomplete',
    variable: 'BACKSET_ALLOW_INCOMPLETE',
    default: 'false',
    summary: 'End a listing that cannot be proved with a warning instead of exit 5',
  },
  timeout: {
    kind: duration,
    flag: 'timeout',
    variable: 'BACKSET_TIMEOUT',
    defaultNote: 'none; wait: 2h',
    summary: 'The whole command: 500ms, 30s, 5m, 2h, 7d',
  },
  requestTimeout: {
    kind: duration,
    flag: 'request-timeout',
    variable: 'BACKSET_REQUEST_TIMEOUT',
    default: '60s',
    summary: 'All attempts of one request',
  },
  attemptTimeout: {
    kind: duration,
    flag: 'attempt-timeout',
    variable: 'BACKSET_ATTEMPT_TIMEOUT',
    default: '10s',
    summary: 'One attempt',
  },
  maxAttempts: {
    kind: integer({ min: 1, max: 100 }),
    flag: 'max-attempts',
    variable: 'BACKSET_MAX_ATTEMPTS',
    default: '5',
    summary: 'Attempts one request may take, the first included',
  },
  allowHttp: {
    kind: onOff,
    flag: 'allow-http',
    variable: 'BACKSET_ALLOW_HTTP',
    default: 'false',
    summary: 'Allow plain http beyond loopback',
  },
  timezone: { kind: timeZone, flag: 'tz', variable: 'BACKSET_TZ', default: 'UTC', summary: 'Zone of dates that name none' },
  debug: {
    kind: onOff,
    flag: 'debug',
    variable: 'BACKSET_DEBUG',
    default: 'false',
    summary: 'Say on stderr what was sent and answered, without secrets',
  },
} as const satisfies Settings

/** Where keys come from when the environment has them. There is no flag for a secret: command lines are seen by everybody on the machine. */
export const credentialVariables = {
  accessKeyId: { variable: 'ALIBABA_CLOUD_ACCESS_KEY_ID', summary: 'Static keys: the id' },
  accessKeySecret: { variable: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', summary: 'Static keys: the secret' },
  securityToken: { variable: 'ALIBABA_CLOUD_SECURITY_TOKEN', summary: 'With temporary keys: their STS token' },
} as const

/** The variable that names the configuration file. */
export const configVariable = 'BACKSET_CONFIG'
