import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { serveAdmin } from './admin.js'
import { serveCall } from './api/serve-call.js'
import { GatewayRefusal } from './api/refusals.js'
import type { Emulation } from './emulation.js'
import { FileServer } from './files/file-server.js'
import { serveFile } from './files/serve-file.js'

/** The one listener: own routes, files, and everything else as a call of the API. */
export function createApp(emulation: Emulation): RequestListener {
  const files = new FileServer(emulation)
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.sendDate = false // the date is the emulated clock's
    const gone = new AbortController() // closing the emulator closes its connections, so this is the one signal
    response.once('close', () => gone.abort())
    if (request.url?.startsWith('/_emulator/') === true) await serveAdmin(emulation, request, response)
    else if (request.url?.startsWith('/files/') === true) await serveFile(emulation, files, request, response, gone.signal)
    else await serveCall(emulation, request, response, gone.signal)
  }
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.destroyed || response.headersSent) response.destroy()
      else if (error instanceof GatewayRefusal)
        response.writeHead(error.httpStatus, { 'content-type': 'text/plain' }).end(`${error.message}\n`)
      else
        response
          .writeHead(500, { 'content-type': 'text/plain' })
          .end(`The emulator failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    })
  }
}
