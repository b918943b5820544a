import { tmpdir } from 'node:os'
import { systemClock } from '@backset/core'
import { startEmulator, type Emulator, type EmulatorOptions } from '@backset/emulator'
import { readSettings } from '@backset/settings'
import { pino } from 'pino'
import { startServer, type RunningServer, type ServerParts } from '../src/server.js'
import { apiSettings } from '../src/settings.js'
import { Contract, type Document } from './contract.js'

const assets = new URL('../assets/', import.meta.url)

export interface Api extends AsyncDisposable {
  readonly url: string
  readonly emulator: Emulator
  /** Log lines so far, parsed. */
  readonly logs: readonly Readonly<Record<string, unknown>>[]
  /** Asks, and checks the answer against the OpenAPI document: a status, content type or field outside of it throws. */
  readonly request: (method: string, path: string, init?: RequestInit) => Promise<Response>
  readonly get: (path: string, init?: RequestInit) => Promise<Response>
  readonly stop: RunningServer['stop']
}

/** A server over a socket, on an emulated DBS of its own. `flags` are those of backset-api, without dashes. */
export async function startApi(
  flags: Readonly<Record<string, unknown>> = {},
  emulatorOptions: EmulatorOptions = {},
  more: Partial<ServerParts> = {},
): Promise<Api> {
  const emulator = await startEmulator({ tasks: 25, ...emulatorOptions })
  const env = {
    BACKSET_ENDPOINT: emulator.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.accessKeySecret,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
  }
  const { values: settings } = readSettings(apiSettings, { flags: { port: '0', ...flags }, env })
  const logs: Record<string, unknown>[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>) })
  const server = await startServer({
    settings,
    log,
    clock: systemClock,
    env,
    homeDir: `${tmpdir()}/nobody`,
    version: '0.0.0',
    assets,
    ...more,
  })
  const contract = await readContract()
  const request: Api['request'] = async (method, path, init) => {
    const url = new URL(path, server.url)
    const answer = await fetch(url, { ...init, method })
    await contract.check(method, url.pathname, answer)
    return answer
  }
  return {
    url: server.url,
    emulator,
    logs,
    request,
    get: (path, init) => request('GET', path, init),
    stop: server.stop,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await emulator.close()
    },
  }
}

let contract: Promise<Contract> | undefined

/** The contract that every answer is checked against, from a server that no test's flags concern; read once a test file. */
const readContract = (): Promise<Contract> => (contract ??= readDocument().then((document) => new Contract(document)))

/** The OpenAPI document as the server gives it out. */
export async function readDocument(): Promise<Document> {
  const { values: settings } = readSettings(apiSettings, { flags: { port: '0', endpoint: 'http://127.0.0.1:9' }, env: {} })
  await using server = await startServer({
    settings,
    log: pino({ enabled: false }),
    clock: systemClock,
    env: {},
    homeDir: `${tmpdir()}/nobody`,
    version: '0.0.0',
    assets,
  })
  const answer = await fetch(new URL('/openapi.json', server.url))
  return (await answer.json()) as Document
}
