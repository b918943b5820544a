import type { IncomingMessage, ServerResponse } from 'node:http'
import { readIncoming } from './api/incoming.js'
import type { Emulation } from './emulation.js'
import { parseScenario } from './scenario/scenario.js'

interface AdminAnswer {
  readonly httpStatus: number
  readonly body: unknown
}

/** Answers a request for one of the emulator's own routes. */
export async function serveAdmin(emulation: Emulation, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { httpStatus, body } = await answerAdmin(emulation, request)
  response.writeHead(httpStatus, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
}

/** They change what tests see, so a page in a browser must not reach them: the Host is checked, and no page may have asked. */
function answerAdmin(emulation: Emulation, request: IncomingMessage): AdminAnswer | Promise<AdminAnswer> {
  const { host = '', origin } = request.headers
  const { port } = new URL(emulation.links.base)
  if (!['127.0.0.1', 'localhost'].some((name) => host === `${name}:${port}`) || origin !== undefined)
    return problem(403, 'These routes are for programs on this machine: call them by 127.0.0.1 and the port, without an Origin.')
  const name = `${request.method} ${request.url}`
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined
  return route === undefined ? problem(404, `There are ${Object.keys(routes).join(', ')}.`) : route(emulation, request)
}

const routes: Readonly<Record<string, (emulation: Emulation, request: IncomingMessage) => AdminAnswer | Promise<AdminAnswer>>> = {
  'GET /_emulator/health': () => ({ httpStatus: 200, body: { status: 'ready' } }),
  'GET /_emulator/requests': ({ recorder }) => ({ httpStatus: 200, body: { total: recorder.total, requests: recorder.records } }),
  async 'POST /_emulator/scenario'(emulation, request) {
    const { body } = await readIncoming(request)
    try {
      emulation.play(parseScenario(body.length === 0 ? {} : JSON.parse(body.toString('utf8'))))
    } catch (error) {
      return problem(400, error instanceof Error ? error.message : String(error))
    }
    return { httpStatus: 200, body: { playing: true } }
  },
  'POST /_emulator/reset'(emulation) {
    emulation.reset()
    return { httpStatus: 200, body: { reset: true } }
  },
}

const problem = (httpStatus: number, error: string): AdminAnswer => ({ httpStatus, body: { error } })
