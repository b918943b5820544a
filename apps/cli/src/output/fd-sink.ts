import { write } from 'node:fs'
import { isatty } from 'node:tty'
import { abortErrorOf, DbsError } from '@backset/core'
import { ReaderGone, type Sink } from './sink.js'

export interface FdSinkOptions {
  readonly columns?: number | undefined
  readonly sleep: (ms: number) => Promise<void>
  /** Ends the wait for a reader. @default nothing does */
  readonly signal?: AbortSignal
}

export interface FdSink extends Sink {
  /** Whether a write still waits for its reader, in a thread that keeps the process from ending. */
  readonly isHeld: () => boolean
}

/**
 * A sink over a file descriptor. process.stdout writes to a pipe in the main thread: a reader that stops (`| less`) would stop the timers and
 * sockets too, and on its return every request would look timed out. fs.write waits in a thread of its own.
 */
export function fdSink(fd: number, { columns, sleep, signal }: FdSinkOptions): FdSink {
  const isTTY = isatty(fd)
  let writing = 0
  const writeSome = async (bytes: Uint8Array): Promise<number> => {
    writing++
    return new Promise((resolve, reject) => {
      write(fd, bytes, (error, written) => {
        writing--
        if (error === null) resolve(written)
        else if (error.code === 'EAGAIN') resolve(0)
        else reject(goneCodes.includes(error.code) ? new ReaderGone() : writeError(error.code))
      })
    })
  }
  return {
    isTTY,
    columns: isTTY ? columns : undefined,
    isHeld: () => writing > 0,
    async write(text) {
      let rest: Uint8Array = Buffer.from(text)
      while (rest.length > 0) {
        const written = await unlessAborted(writeSome(rest), signal)
        if (written === 0) await sleep(5) // a pipe that somebody else made non-blocking is full
        rest = rest.subarray(written)
      }
    },
  }
}

async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work
  let giveUp: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(abortErrorOf(signal))
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (giveUp !== undefined) signal.removeEventListener('abort', giveUp)
  }
}

/** A pipe says EPIPE; a socket, which Node gives its children, ECONNRESET when it held bytes that were not read. */
const goneCodes: readonly (string | undefined)[] = ['EPIPE', 'ECONNRESET']
const fullCodes: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

function writeError(code: string | undefined): DbsError {
  if (fullCodes.includes(code))
    return new DbsError('disk-full', 'The output was cut off: where it is written, the disk or quota is full.', {
      hint: 'Make room and run it again; --out FILE leaves a file whole or not at all.',
    })
  return new DbsError('cannot-write', `The output could not be written (${code ?? 'unknown'}).`, { hint: 'Look where stdout leads to.' })
}
