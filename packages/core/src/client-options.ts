import type { Dispatcher } from 'undici'
import { callback, count, duration, flag, having, oneOf, record, text, type Domains } from './check-options.js'
import type { Clock } from './clock.js'
import type { Credentials, CredentialsProvider } from './credentials/credentials.js'
import type { Duration } from './duration.js'
import type { Pace } from './transport/pace.js'

/** How a `DbsClient` asks. Everything has a default; without `region` and `endpoint` the first call throws an InputError that says so. */
export interface DbsClientOptions {
  /** Region whose host is called, as `cn-hangzhou`; not needed beside `endpoint`. An unknown one throws `unknown-region` and names the nearest. @default ALIBABA_CLOUD_REGION_ID */
  readonly region?: string | undefined
  /** Full URL or host that is called instead of the region's. @default BACKSET_ENDPOINT */
  readonly endpoint?: string | undefined
  /** `vpc` calls the host inside the region's network. @default 'public' */
  readonly network?: 'public' | 'vpc' | undefined
  /** Allows plain http beyond loopback. @default false */
  readonly allowHttp?: boolean | undefined
  /** Keys, or where to ask for them before every attempt. @default the vendor's chain: environment, OIDC, profiles, ECS role, URI */
  readonly credentials?: Credentials | CredentialsProvider | undefined
  /** A profile of the vendor's files; beats keys in the environment. */
  readonly profile?: string | undefined
  /** ACS3-HMAC-SHA256, or RPC HMAC-SHA1. @default 'v3' */
  readonly signature?: 'v3' | 'v1' | undefined
  /** @default 'POST' */
  readonly method?: 'POST' | 'GET' | undefined
  /** Format asked of DBS; what comes is decoded by what it is. @default 'json' */
  readonly wire?: 'json' | 'xml' | undefined
  /** Attempts one request may take, the first included. @default 5 */
  readonly maxAttempts?: number | undefined
  /** All attempts of one request. @default '60s' */
  readonly requestTimeout?: Duration | undefined
  /** One attempt. @default '10s' */
  readonly attemptTimeout?: Duration | undefined
  /** Everything this client does, from now on; for commands. @default none */
  readonly timeout?: Duration | undefined
  /** Requests in flight at once, over all that this client does. @default 64 */
  readonly maxInFlight?: number | undefined
  /** Added to the User-Agent header. */
  readonly userAgent?: string | undefined
  /** Who may send when: an `AdaptivePace` that several clients of one account share, or one that replicas do. @default an `AdaptivePace` of this client's own */
  readonly pace?: Pace | undefined
  /** undici's; it is not closed with the client. @default one of the client's own, through the proxy variables */
  readonly dispatcher?: Dispatcher | undefined
  /** Time and sleep; tests pass one they turn by hand. @default the system's */
  readonly clock?: Clock | undefined
  /** A fresh word for every attempt. @default a random UUID */
  readonly nonce?: (() => string) | undefined
  /** Uniform in [0, 1); for jitter. @default Math.random */
  readonly random?: (() => number) | undefined
  /** Where variables are looked up. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Where the vendor's profile files are. @default os.homedir() */
  readonly homeDir?: string | undefined
}

const isKeys = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (['accessKeyId', 'accessKeySecret'] as const).every(
    (name) => name in value && typeof (value as Record<string, unknown>)[name] === 'string',
  )
const provider = having('a provider', 'get')

/** What each option takes. */
export const clientOptionDomains: Domains<DbsClientOptions> = {
  region: text,
  endpoint: text,
  network: oneOf('public', 'vpc'),
  allowHttp: flag,
  credentials: {
    words: 'an object with accessKeyId and accessKeySecret, or a provider with get()',
    holds: (value) => isKeys(value) || provider.holds(value),
  },
  profile: text,
  signature: oneOf('v3', 'v1'),
  method: oneOf('POST', 'GET'),
  wire: oneOf('json', 'xml'),
  maxAttempts: count(1),
  requestTimeout: duration,
  attemptTimeout: duration,
  timeout: duration,
  maxInFlight: count(1),
  userAgent: text,
  pace: having('a Pace, with turn(), succeeded() and throttled()', 'turn', 'succeeded', 'throttled'),
  dispatcher: having('a Dispatcher of undici', 'request'),
  clock: having('a Clock, with now(), monotonic() and sleep()', 'now', 'monotonic', 'sleep'),
  nonce: callback,
  random: callback,
  env: record,
  homeDir: text,
}
