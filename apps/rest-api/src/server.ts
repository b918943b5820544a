import type { Clock } from '@backset/core'
import { clientOptions } from '@backset/settings'
import type { Logger } from 'pino'
import { Registry } from 'prom-client'
import { createApp } from './app.js'
import { Assets } from './dashboard/assets.js'
import { openDoor, openKeys } from './auth/door.js'
import { openFeeds } from './events/open-feeds.js'
import { HttpServer, type HttpLimits } from './http/http-server.js'
import { Journal } from './journal/journal.js'
import { eventMetrics } from './metrics/event-metrics.js'
import { HttpMetrics } from './metrics/http-metrics.js'
import { readingMetrics, storeMetrics } from './metrics/store-metrics.js'
import { upstreamLog } from './metrics/upstream-log.js'
import { upstreamMetrics } from './metrics/upstream-metrics.js'
import { watchUpstream } from './metrics/upstream-watch.js'
import { Readiness } from './readiness.js'
import { regionsOf } from './regions.js'
import { PlanReader } from './plans/plan-reader.js'
import type { ApiSettings } from './settings.js'
import { SnapshotStore } from './snapshots/store.js'
import { openCursorKey } from './state/cursor-key.js'
import { allOrEveryFault } from './start-faults.js'
import { Upstream } from './upstream.js'

export interface ServerParts {
  readonly settings: ApiSettings
  readonly log: Logger
  readonly clock: Clock
  /** Where keys of DBS and proxies are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeDir: string
  readonly version: string
  /** Folder of the files that pages load. */
  readonly assets: URL
  /** Where metrics are gathered. @default one of the server's own */
  readonly registry?: Registry | undefined
  /** Time-outs of connections. */
  readonly limits?: Partial<HttpLimits> | undefined
}

export interface RunningServer extends AsyncDisposable {
  /** Where it listens, as `http://127.0.0.1:8787`. */
  readonly url: string
  /** Answers what was asked, ends streams, and closes; what is not answered after `graceMs`, or when `force` aborts, is cut off. */
  readonly stop: (how: { readonly graceMs: number; readonly force?: AbortSignal | undefined }) => Promise<void>
}

/**
 * Builds everything and listens.
 * @throws DbsError `invalid-setting` for what only shows when it is used: a port that is taken, a key that others may read
 */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { settings, log, clock, env, homeDir, version, registry = new Registry(), limits } = parts
  const { lookahead, verify, pageSize, maxAge, staleIfError, stateDir, host, port } = settings
  const [regions, { key: cursorKey, isPassing }, keys] = await allOrEveryFault([
    (async () => regionsOf(settings))(),
    openCursorKey(env, stateDir),
    openKeys(settings, { clock, log }),
  ])
  if (isPassing) log.info('Cursors end with this process: neither --state-dir nor BACKSET_CURSOR_KEY is set.')
  const door = openDoor({ settings, keys, clock, serverSecret: cursorKey })
  const upstream = new Upstream({
    regions,
    client: (one) => ({ ...clientOptions(settings, one), env, homeDir, clock, userAgent: `rest-api/${version}` }),
    list: { lookahead, verify, pageSize },
  })
  const store = new SnapshotStore({
    list: (source, options) => upstream.listTasks(source, options),
    confirmEmpty: (source, signal) => upstream.confirmPlan(source, signal),
    maxAgeMs: maxAge,
    staleIfErrorMs: staleIfError,
    clock,
    onRead: readingMetrics(registry),
  })
  storeMetrics(registry, store)
  const metrics = new HttpMetrics(registry, () => journal.underWay.length)
  const journal: Journal = new Journal({ log, metrics, clock })
  const readiness: Readiness = new Readiness({ upstream, isListening: () => server.isListening, staleIfErrorMs: staleIfError, clock })
  const plans = new PlanReader({ upstream, maxAgeMs: maxAge, staleIfErrorMs: staleIfError, now: () => clock.monotonic() })
  const feeds = openFeeds({ settings, upstream, store, access: door.access, clock, log })
  eventMetrics(registry, feeds)
  const app = createApp({
    ...parts,
    plans,
    feeds,
    ...door,
    assets: new Assets(parts.assets),
    upstream,
    store,
    journal,
    registry,
    readiness,
    cursorKey,
  })
  const server: HttpServer = new HttpServer({ host, port, fetch: app.fetch, journal, metrics, clock, limits })
  const watches = [upstreamMetrics(registry), readiness.listener, ...(settings.debug ? [upstreamLog(log)] : [])].map(watchUpstream)
  const stop: RunningServer['stop'] = async (how) => {
    const stopped = server.stop(how) // first, so that no reader whose stream ends comes back
    feeds.drain()
    await stopped
    for (const watch of watches) watch[Symbol.dispose]()
    await upstream[Symbol.asyncDispose]()
  }
  return { url: await server.listen(), stop, [Symbol.asyncDispose]: () => stop({ graceMs: 0 }) }
}
