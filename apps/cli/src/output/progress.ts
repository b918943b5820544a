import type { Sink } from './sink.js'

/** One line on a terminal that counts; nothing in a pipe. */
export interface Progress {
  readonly show: (text: string) => Promise<void>
  /** Takes the line away, so that what follows stands alone. */
  readonly clear: () => Promise<void>
}

/** @param enabled false where the rows themselves appear on the same terminal */
export function openProgress(stderr: Sink, enabled: boolean): Progress {
  if (!enabled || !stderr.isTTY) return { show: async () => undefined, clear: async () => undefined }
  let shown = false
  return {
    async show(text) {
      shown = true
      await stderr.write(`\r\u001B[K${text}`)
    },
    async clear() {
      if (shown) await stderr.write('\r\u001B[K')
      shown = false
    },
  }
}
