import { cutTo, terminalCell } from '@backset/formats'
import type { Sink } from './sink.js'

/** A few lines at the end of a terminal that change in place; nothing in a pipe. */
export interface LiveLines extends AsyncDisposable {
  readonly isShown: boolean
  /** Puts these in the place of those before. It waits for nobody: while one frame is on its way, the newest of the others is kept. */
  readonly draw: (lines: readonly string[]) => void
  /** Takes them away, so that what follows stands alone. */
  readonly clear: () => Promise<void>
}

/** To the first column of the first of so many lines, and all below gone. */
const backOver = (lines: number): string => (lines === 0 ? '' : `\r${lines > 1 ? `\u001B[${lines - 1}A` : ''}\u001B[J`)

export function openLiveLines({ isTTY, columns = 80, write }: Sink): LiveLines {
  let drawn = 0
  let next: readonly string[] | undefined
  let writing: Promise<void> | undefined
  const writeFrames = async (): Promise<void> => {
    while (next !== undefined) {
      // A line that fills the last column would wrap on some terminals, and then a line is two.
      const lines = next.map((line) => cutTo(terminalCell(line), columns - 1))
      const text = `${backOver(drawn)}${lines.join('\n')}`
      ;[next, drawn] = [undefined, lines.length]
      await write(text).catch(() => undefined) // nobody is left to see them
    }
    writing = undefined
  }
  const clear = async (): Promise<void> => {
    next = undefined
    await writing
    if (drawn > 0) await write(backOver(drawn)).catch(() => undefined)
    drawn = 0
  }
  return {
    isShown: isTTY,
    draw(lines) {
      if (!isTTY) return
      next = lines
      writing ??= writeFrames()
    },
    clear,
    [Symbol.asyncDispose]: clear,
  }
}
