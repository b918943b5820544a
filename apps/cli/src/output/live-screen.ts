import { startDeadline, TimedOutError, unlessAborted, type Clock } from '@backset/core'
import { enterScreen, frameChange, leaveScreen, type Frame } from './live-table.js'
import type { Sink } from './sink.js'
import type { Terminal, TerminalSize } from './terminal.js'

export interface LiveScreenOptions {
  readonly stdout: Sink
  readonly terminal: Terminal
  readonly clock: Clock
  readonly frameFor: (size: TerminalSize) => Promise<Frame>
  /** Told when nothing can be drawn any more. */
  readonly onFault: (error: unknown) => void
}

/** A screen that is drawn anew when it is told to, and given back when it is disposed of: then the last frame stands where people go on. */
export interface LiveScreen extends AsyncDisposable {
  /** While one frame is on its way, all wishes for another are one. */
  readonly redraw: () => void
}

/** How long a terminal that takes nothing is waited for at the end, ms. */
const patienceMs = 1000

interface State {
  shown: Frame | undefined
  isWanted: boolean
  /** Whether what is on the screen is what was drawn last. */
  isOurs: boolean
  /** Whether it is not ours to draw on: the process is in the background, or ends. */
  isAway: boolean
}

export function openLiveScreen({ stdout, terminal, clock, frameFor, onFault }: LiveScreenOptions): LiveScreen {
  /** A frame is written whole, or the next would stand on half of one. */
  const whole = { signal: new AbortController().signal }
  const state: State = { shown: undefined, isWanted: false, isOurs: false, isAway: false }
  let drawing: Promise<void> | undefined
  const draw = async (): Promise<void> => {
    while (state.isWanted && !state.isAway) {
      const { isOurs, shown } = state
      state.isWanted = false
      state.isOurs = true
      const frame = await frameFor(terminal.size())
      const text = isOurs ? frameChange(shown, frame) : `${enterScreen}${frameChange(undefined, frame)}`
      state.shown = frame
      if (text !== '') await stdout.write(text, whole)
    }
  }
  const redraw = (): void => {
    state.isWanted = true
    if (state.isAway) return
    drawing ??= draw()
      .catch(onFault)
      .finally(() => (drawing = undefined))
  }
  const redrawWhole = (): void => {
    state.isOurs = false
    redraw()
  }
  const attention = terminal.attend({
    onResize: redrawWhole,
    async onStop() {
      state.isAway = true
      await drawing
      await stdout.write(leaveScreen, whole).catch(onFault)
    },
    onContinue() {
      state.isAway = false
      redrawWhole()
    },
    atExit: leaveScreen,
  })
  return {
    redraw,
    async [Symbol.asyncDispose]() {
      state.isAway = true
      using patience = startDeadline(clock, patienceMs, () => new TimedOutError(patienceMs))
      const last = (state.shown ?? []).map((line) => `${line}\n`).join('')
      try {
        await unlessAborted(drawing ?? Promise.resolve(), patience.signal)
        await stdout.write(`${leaveScreen}${last}`, patience)
      } catch {
        // Nobody looks at it any more.
      }
      attention[Symbol.dispose]()
    },
  }
}
