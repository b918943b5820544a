import { cutTo, displayWidth, terminalCell } from '@backset/formats'
import type { Sink } from './sink.js'

/** A few lines at the end of a terminal that change in place; nothing in a pipe. */
export interface LiveLines extends AsyncDisposable {
  readonly isShown: boolean
  /** Puts these in the place of those before. It waits for nobody: while one frame is on its way, the newest of the others is kept. */
  readonly draw: (lines: readonly string[]) => void
  /** Takes them away, so that what follows stands alone. */
  readonly clear: () => Promise<void>
}

/** To the first column of the first of these lines, and all below gone. A terminal that has become narrower has wrapped what no longer fitted. */
function backOver(lines: readonly string[], width: number): string {
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / width)), 0)
  return rows === 0 ? '' : `\r${rows > 1 ? `\u001B[${rows - 1}A` : ''}\u001B[J`
}

export function openLiveLines({ isTTY, width: widthNow, write }: Sink): LiveLines {
  const width = (): number => widthNow() ?? 80
  let drawn: readonly string[] = []
  let next: readonly string[] | undefined
  let writing: Promise<void> | undefined
  const writeFrames = async (): Promise<void> => {
    while (next !== undefined) {
      // A line that fills the last column would wrap on some terminals, and then a line is two.
      const columns = width()
      const lines = next.map((line) => cutTo(terminalCell(line), columns - 1))
      const text = `${backOver(drawn, columns)}${lines.join('\n')}`
      ;[next, drawn] = [undefined, lines]
      await write(text).catch(() => undefined) // nobody is left to see them
    }
    writing = undefined
  }
  const clear = async (): Promise<void> => {
    next = undefined
    await writing
    if (drawn.length > 0) await write(backOver(drawn, width())).catch(() => undefined)
    drawn = []
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
