import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Clock } from '@backset/core'
import { clientOptions } from '@backset/settings'
import type { Logger } from 'pino'
import { createApp } from './app.js'
import type { ApiSettings } from './settings.js'
import { SnapshotStore } from './snapshots/store.js'
import { Upstream } from './upstream.js'

export interface ServerParts {
  readonly settings: ApiSettings
  readonly log: Logger
  readonly clock: Clock
  /** Where keys of DBS and proxies are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeDir: string
  readonly version: string
}

export interface RunningServer extends AsyncDisposable {
  /** Where it listens, as `http://127.0.0.1:8787`. */
  readonly url: string
}

/** Builds everything and listens. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { settings, clock, env, homeDir, version } = parts
  const { region = [undefined], lookahead, verify, pageSize, maxAge, staleIfError, host, port } = settings
  const upstream = new Upstream({
    regions: region,
    client: (one) => ({ ...clientOptions(settings, one), env, homeDir, clock, userAgent: `rest-api/${version}` }),
    list: { lookahead, verify, pageSize },
  })
  const store = new SnapshotStore({
    list: (source, options) => upstream.listTasks(source, options),
    confirmEmpty: (source, signal) => upstream.confirmPlan(source, signal),
    maxAgeMs: maxAge,
    staleIfErrorMs: staleIfError,
    clock,
  })
  const app = createApp({ ...parts, upstream, store })
  const server = createServer(getRequestListener(app.fetch))
  const url = await listen(server, host, port)
  return {
    url,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await upstream[Symbol.asyncDispose]()
    },
  }
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const { port: taken } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}
