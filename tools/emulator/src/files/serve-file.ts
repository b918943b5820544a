import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Emulation } from '../emulation.js'
import { deliver, statusSeen } from '../scenario/deliver.js'
import { fileFault, type FileServer } from './file-server.js'

/** One request for a file behind a link; scenarios name it `GetFile`. */
export async function serveFile(
  { clock, links, rules, recorder }: Emulation,
  files: FileServer,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { fault } = rules.decide('GetFile', undefined)
  if (fault?.kind === 'latency') await clock.sleep(fault.ms, signal)
  const url = new URL(request.url ?? '/', links.base)
  const answer = fileFault(fault) ?? files.answer({ method: request.method ?? 'GET', url, headers: request.headers })
  const { range } = request.headers
  recorder.add({
    action: 'GetFile',
    parameters: { path: url.pathname, ...(range === undefined ? {} : { range }) },
    method: request.method ?? 'GET',
    signature: 'none',
    httpStatus: statusSeen(answer.httpStatus, fault),
    ...(answer.serviceCode === undefined ? {} : { serviceCode: answer.serviceCode }),
    at: clock.now(),
  })
  const headers = { date: new Date(clock.now()).toUTCString(), server: 'AliyunOSS', ...answer.headers }
  await deliver(response, { ...answer, headers }, fault, { clock, signal })
}
