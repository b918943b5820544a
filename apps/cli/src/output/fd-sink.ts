import { constants, fstatSync, openSync, write } from 'node:fs'
import { isatty } from 'node:tty'
import { DbsError, unlessAborted } from '@backset/core'
import { ReaderGone, type Sink } from './sink.js'

export interface FdSinkOptions {
  /** Asked on a terminal alone. */
  readonly width?: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Ends the wait for a reader, where a write names no signal of its own. @default nothing does */
  readonly signal?: AbortSignal
}

export interface FdSink extends Sink {
  /** Whether a write has not ended, though whoever asked for it may have gone on. */
  readonly isWriting: () => boolean
  /** Whether it waits in a thread, which keeps the process from ending. */
  readonly isHeld: () => boolean
}

/**
 * A sink over a file descriptor. process.stdout writes to a pipe in the main thread: a reader that stops (`| less`) would stop the timers and
 * sockets too, and on its return every request would look timed out. fs.write waits in a thread of its own.
 */
export function fdSink(fd: number, { width, sleep, signal: interrupt }: FdSinkOptions): FdSink {
  const isTTY = isatty(fd)
  const own = ownPipe(fd)
  let [texts, calls] = [0, 0]
  const writeSome = async (bytes: Uint8Array): Promise<number> => {
    calls++
    return new Promise((resolve, reject) => {
      write(own ?? fd, bytes, (error, written) => {
        calls--
        if (error === null) resolve(written)
        else if (error.code === 'EAGAIN') resolve(0)
        else reject(goneCodes.includes(error.code) ? new ReaderGone() : writeError(error.code))
      })
    })
  }
  return {
    isTTY,
    width: () => (isTTY ? width?.() : undefined),
    isWriting: () => texts + calls > 0,
    isHeld: () => own === undefined && calls > 0,
    async write(text, { signal = interrupt } = {}) {
      texts++
      try {
        let rest: Uint8Array = Buffer.from(text)
        for (let pause = 1; rest.length > 0;) {
          const written = await unlessAborted(writeSome(rest), signal)
          rest = rest.subarray(written)
          if (written > 0) pause = 1
          else await sleep((pause = Math.min(2 * pause, 50))) // the pipe is full
        }
      } finally {
        texts--
      }
    },
  }
}

/**
 * The pipe behind a descriptor, opened once more for us alone. Then it can be made non-blocking, which whoever shares the descriptor would not expect of
 * theirs, and no thread waits for the reader. Linux can do it; a socket cannot.
 */
function ownPipe(fd: number): number | undefined {
  try {
    return fstatSync(fd).isFIFO() ? openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK) : undefined
  } catch {
    return undefined
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
