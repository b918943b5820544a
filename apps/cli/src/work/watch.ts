import { InputError } from '@backset/core'
import { taskRows } from '@backset/formats'
import { exitCodes } from '@backset/settings'
import type { Context } from '../command.js'
import type { WatchArgs } from '../commands/watch.js'
import { printListRequest } from '../dry-run/list-request.js'
import { oddWords } from '../options/known-words.js'
import { readDuration } from '../options/read-duration.js'
import { readFilter } from '../options/read-filter.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { tellSaved } from '../output/tell-saved.js'
import { tellWho } from '../output/tell-who.js'
import type { Terminal } from '../output/terminal.js'
import { wantsColor } from '../output/wants-color.js'
import { askedFields } from '../saved/asked-fields.js'
import { openSaved } from '../saved/open-saved.js'
import { refuseWithFrom } from '../saved/refuse-with-from.js'
import type { Session } from '../session.js'
import { openSources } from '../sources.js'
import { openEventView } from '../watching/event-view.js'
import { openTableView } from '../watching/table-view.js'
import type { View } from '../watching/view.js'
import { watchedList, type WatchedList } from '../watching/watched-list.js'
import { watchLists } from '../watching/watch-lists.js'

const usualInterval = '10s'

/** `backset watch`; it ends when it is interrupted, or with its time. */
export async function watchTasks(args: WatchArgs, session: Session, context: Context): Promise<number> {
  if (args.from !== undefined) return watchSaved(args.from, args, session, context)
  if (args['dry-run'] !== undefined) return printListRequest(args, 0, session, context)
  const { clock, random } = context
  const { settings, signal } = session
  const { lookahead, verify, pageSize } = settings
  const intervalMs = readDuration(args.interval ?? usualInterval, 'interval') ?? 0
  const fault = new AbortController()
  const openView = chooseView(args, session, context, (error) => fault.abort(error))
  for (const warning of oddWords(args)) await session.warn(warning)
  const lists = (await openSources(args, session, { takesTasks: false })).map(watchedList)
  try {
    await using view = await openView(lists)
    return await watchLists(lists, { view, intervalMs, clock, random, signal, fault: fault.signal, lookahead, verify, pageSize })
  } catch (error) {
    // How else should it end? There is nothing to explain.
    if (context.signal.aborted) return exitCodes.aborted
    throw error
  } finally {
    // Not before: what stands on the screen is the table's.
    for (const client of new Set(lists.map(({ source }) => source.client)))
      await tellWho(client, { ...session, stderr: context.stderr }, args.verbose)
  }
}

type OpenView = (lists: readonly WatchedList[]) => Promise<View>

/** Judges all that was asked of the output. */
function chooseView(args: WatchArgs, session: Session, context: Context, onFault: (error: unknown) => void): OpenView {
  const { settings, signal, warn } = session
  const { stdout, clock, env } = context
  const timeZone = settings.timezone
  const filter = readFilter(args, { now: new Date(clock.now()), timeZone })
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  const links = args['show-links'] === true ? 'full' : 'masked'
  const terminal = terminalFor(args, session, context)
  if (terminal === undefined)
    return async () => openEventView({ filter, links, clock, warn, write: async (text) => stdout.write(text, { signal }) })
  const { columns, sort, interval = usualInterval } = args
  const color = wantsColor(env, true)
  return async (lists) =>
    openTableView({ stdout, terminal, clock, lists, filter, columns, sort, limit, links, color, interval, timeZone, onFault })
}

/** Where the table is drawn; undefined when events are wanted, or there is no place to draw. */
function terminalFor({ output }: WatchArgs, { settings }: Session, { stdout, stderr, terminal, env }: Context): Terminal | undefined {
  if (settings.output === 'ndjson' || settings.output === 'json') return undefined
  const canDraw = stdout.isTTY && terminal !== undefined && env['TERM'] !== 'dumb'
  if (!canDraw) {
    if (output === undefined) return undefined
    throw new InputError('A table that changes in place needs a terminal.', {
      field: 'output',
      hint: 'In a pipe -o ndjson tells each change.',
    })
  }
  if (settings.debug && stderr.isTTY)
    throw new InputError('What --debug says would stand amid the table.', { field: 'debug', hint: 'Send it to a file: 2> debug.log' })
  return terminal
}

/** The table of a saved export, which does not change. */
async function watchSaved(from: string, args: WatchArgs, session: Session, context: Context): Promise<number> {
  refuseWithFrom(args, ['dry-run', 'all-plans', 'interval'])
  if (args.output === 'ndjson')
    throw new InputError('A saved export has no events.', { field: 'output', hint: 'backset list --from FILE -o ndjson prints its tasks.' })
  const asTable: Session = { ...session, format: 'table', formatNamed: false }
  const filter = readFilter(args, { now: new Date(context.clock.now()), timeZone: session.settings.timezone })
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  const sort = args.sort ?? ['-backupSetDownloadCreateTime']
  await using printer = await openPrinter({ kind: taskRows, args: { ...args, sort }, session: asTable, context, limit })
  const { plan } = args
  const { stdin } = context
  await printer.print(
    openSaved({ from, plan, filter, filtered: askedFields(args) }, { stdin, signal: session.signal }, async (counts) =>
      tellSaved(from, counts, asTable, false),
    ),
  )
  return 0
}
