import { tmpdir } from 'node:os'
import { systemClock } from '@backset/core'
import { startEmulator, type Emulator, type EmulatorOptions } from '@backset/emulator'
import { readSettings } from '@backset/settings'
import { pino } from 'pino'
import { startServer } from '../src/server.js'
import { apiSettings } from '../src/settings.js'

export interface Api extends AsyncDisposable {
  readonly url: string
  readonly emulator: Emulator
  /** Log lines so far, parsed. */
  readonly logs: readonly Readonly<Record<string, unknown>>[]
  readonly get: (path: string, init?: RequestInit) => Promise<Response>
}

/** A server over a socket, on an emulated DBS of its own. `flags` are those of backset-api, without dashes. */
export async function startApi(flags: Readonly<Record<string, unknown>> = {}, emulatorOptions: EmulatorOptions = {}): Promise<Api> {
  const emulator = await startEmulator({ tasks: 25, ...emulatorOptions })
  const env = {
    BACKSET_ENDPOINT: emulator.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.accessKeySecret,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
  }
  const { values: settings } = readSettings(apiSettings, { flags: { port: '0', ...flags }, env })
  const logs: Record<string, unknown>[] = []
  const log = pino({}, { write: (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>) })
  const server = await startServer({ settings, log, clock: systemClock, env, homeDir: `${tmpdir()}/nobody`, version: '0.0.0' })
  return {
    url: server.url,
    emulator,
    logs,
    get: (path, init) => fetch(new URL(path, server.url), init),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await emulator.close()
    },
  }
}
