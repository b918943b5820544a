import { write } from 'node:fs'
import { isatty } from 'node:tty'
import { ReaderGone, type Sink } from './sink.js'

/**
 * A sink over a file descriptor. process.stdout writes to a pipe in the main thread: a reader that stops (`| less`) would stop the timers and
 * sockets too, and on its return every request would look timed out. fs.write waits in a thread of its own.
 */
export function fdSink(
  fd: number,
  { columns, sleep }: { readonly columns?: number | undefined; readonly sleep: (ms: number) => Promise<void> },
): Sink {
  const isTTY = isatty(fd)
  const writeSome = async (bytes: Uint8Array): Promise<number> =>
    new Promise((resolve, reject) => {
      write(fd, bytes, (error, written) => {
        if (error === null) resolve(written)
        else if (error.code === 'EAGAIN') resolve(0)
        else reject(error.code === 'EPIPE' ? new ReaderGone() : error)
      })
    })
  return {
    isTTY,
    columns: isTTY ? columns : undefined,
    async write(text) {
      let rest: Uint8Array = Buffer.from(text)
      while (rest.length > 0) {
        const written = await writeSome(rest)
        if (written === 0) await sleep(5) // a pipe that somebody else made non-blocking is full
        rest = rest.subarray(written)
      }
    },
  }
}
