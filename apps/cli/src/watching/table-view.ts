import type { Clock, DownloadTask } from '@backset/core'
import { allAtOnce, cutTo, openFormat, rowOrder, taskRows, terminalCell } from '@backset/formats'
import { openLiveScreen } from '../output/live-screen.js'
import { frameOf, rowsThatFit, type Frame } from '../output/live-table.js'
import type { Sink } from '../output/sink.js'
import type { Terminal, TerminalSize } from '../output/terminal.js'
import { statusLines } from './status-line.js'
import type { View } from './view.js'
import { taskOf, type WatchedList } from './watched-list.js'

export interface TableViewOptions {
  readonly stdout: Sink
  readonly terminal: Terminal
  readonly clock: Clock
  readonly lists: readonly WatchedList[]
  readonly filter: (task: DownloadTask) => boolean
  readonly columns?: readonly string[] | undefined
  /** @default the newest first */
  readonly sort?: readonly string[] | undefined
  readonly limit?: number | undefined
  readonly links: 'masked' | 'full'
  readonly color: boolean
  readonly interval: string
  readonly timeZone: string
  readonly onFault: (error: unknown) => void
}

/** The tasks as a table that changes in place. A screen that is too short shows the first of them, and how many more there are. */
export async function openTableView(options: TableViewOptions): Promise<View> {
  const { stdout, terminal, clock, lists, filter, columns, limit = Infinity, links, color, interval, timeZone, onFault } = options
  const compare = rowOrder(taskRows, options.sort ?? ['-backupSetDownloadCreateTime', 'backupSetDownloadTaskId'])
  const rendererFor = async (width: number | undefined) =>
    openFormat('table', { kind: taskRows, columns, links, timeZone, terminal: { width, color } })
  await rendererFor(undefined) // a column that is not there is told at once
  const frameFor = async ({ columns: width, rows: height }: TerminalSize): Promise<Frame> => {
    const passed = lists.flatMap((list) => Array.from(list.known.tasks, (task) => taskOf(list, task)).filter(filter))
    const tasks = passed.toSorted(compare).slice(0, limit)
    const footer = statusLines({ lists, tasks, interval, timeZone }).map((line) => cutTo(terminalCell(line), width))
    const shown = rowsThatFit(tasks.length, height - footer.length)
    const render = await rendererFor(width)
    let text = ''
    for await (const more of render(allAtOnce(tasks.slice(0, shown)))) text += more
    return frameOf(text.split('\n').slice(0, -1), tasks.length - shown, footer, height)
  }
  const screen = openLiveScreen({ stdout, terminal, clock, frameFor, onFault })
  screen.redraw()
  return {
    tell: async () => undefined, // a look that changed something is followed by `looked`
    looked: async () => screen.redraw(),
    [Symbol.asyncDispose]: async () => screen[Symbol.asyncDispose](),
  }
}
