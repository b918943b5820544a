import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Emulation } from '../emulation.js'
import { deliver, statusSeen } from '../scenario/deliver.js'
import { redirectHere, spoil } from './file-faults.js'
import { fileFault, type FileServer } from './file-server.js'

/** One request for a file behind a link; scenarios name it `GetFile`. */
export async function serveFile(
  emulation: Emulation,
  files: FileServer,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { clock, links, rules, recorder } = emulation
  const { fault } = rules.decide('GetFile', undefined)
  if (fault?.kind === 'latency') await clock.sleep(fault.ms, signal)
  const url = new URL(request.url ?? '/', links.base)
  if (fault?.kind === 'swap-file') emulation.swapFiles()
  const answer = fileFault(fault) ?? spoil(files.answer({ method: request.method ?? 'GET', url, headers: request.headers }, fault), fault)
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
  const { bytesPerSecond } = emulation.files
  await deliver(response, { ...answer, headers }, redirectHere(fault, url.href), { clock, signal, bytesPerSecond })
}
