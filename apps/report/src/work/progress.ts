import type { Sink } from '../command.js'

/** How far a run is, for who watches a terminal. */
export interface Progress {
  readonly rows: (count: number) => void
  /** Takes the line away. */
  readonly end: () => Promise<void>
}

/** Between two looks at the same line, rows. */
const step = 1000

/** A line on stderr that is written over; nothing where it is no terminal. */
export function openProgress(name: string, { isTTY, write }: Sink): Progress {
  let shown = 0
  return {
    rows(count) {
      if (!isTTY || count - shown < step) return
      shown = count
      void write(`\r\u001B[K${name}: ${count} rows`)
    },
    async end() {
      if (shown > 0) await write('\r\u001B[K')
    },
  }
}
