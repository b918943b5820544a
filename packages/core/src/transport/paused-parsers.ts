import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** undici tells there of each connection, also of those in a tunnel. */
const connected = 'undici:client:connected'

interface Parser {
  paused: boolean
  readonly ptr: number
  readonly llhttp: { readonly llhttp_resume: (ptr: number) => void }
  readonly resume: () => void
}

/**
 * Keeps hosts from ending the process. When a connection ends whose answer said `Connection: close`, or came as HTTP/1.0, the parser of undici 7 asserts that
 * it is not paused, outside of what anybody could catch; and paused it is whenever a body waits for its reader. undici 8 resumes it first
 * (nodejs/undici#5474), but needs Node 22.19. So this resumes it: for all of undici's connections in the process that come about from now on.
 */
export function guardPausedParsers(): void {
  unsubscribe(connected, guard)
  subscribe(connected, guard)
}

function guard(message: unknown): void {
  const { socket } = message as { readonly socket: Socket }
  socket.prependListener('end', () => finishIn(parserOf(socket)))
  // The parser of a broken socket does not resume; not to be paused is enough for the break to be told.
  const letGo = (): void => {
    const parser = parserOf(socket)
    if (parser !== undefined) parser.paused = false
  }
  socket.prependListener('error', letGo)
  socket.prependListener('close', letGo)
}

/** All that has come was read, so the answer is at its end, or breaks off: resumed, the parser says which. */
function finishIn(parser: Parser | undefined): void {
  parser?.resume() // which does nothing to one that is not paused
  // Its reader still wishes it paused, and nothing comes any more that could be held back.
  if (parser?.paused !== true) return
  parser.llhttp.llhttp_resume(parser.ptr)
  parser.paused = false
}

/** Under a symbol of undici's, of which there may be several copies. */
function parserOf(socket: Socket): Parser | undefined {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'parser')
  return symbol === undefined ? undefined : ((socket as unknown as Readonly<Record<symbol, Parser | null>>)[symbol] ?? undefined)
}
