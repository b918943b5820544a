import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Answer = (outgoing: ServerResponse) => void

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (outgoing) =>
    void outgoing.writeHead(code, headers).end()

/** Someone who takes notices, and answers each as it is told; the last answer stays. */
export async function receiver(...answers: readonly Answer[]) {
  const taken: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = []
  const server = createServer(async (incoming, outgoing) => {
    taken.push({ headers: incoming.headers, body: await text(incoming) })
    answers[Math.min(taken.length, answers.length) - 1]?.(outgoing)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/secret-path?b=c`,
    taken,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
