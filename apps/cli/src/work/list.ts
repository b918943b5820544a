import { describeBackupSetDownloadTaskList, InputError, type Proof } from '@backset/core'
import { allAtOnce, rowView, taskRows } from '@backset/formats'
import { failIfHeld } from '@backset/settings'
import type { Context } from '../command.js'
import type { ListArgs } from '../commands/list.js'
import { printListRequest } from '../dry-run/list-request.js'
import { filterOptions } from '../options/filters.js'
import { oddWords } from '../options/known-words.js'
import { readFilter } from '../options/read-filter.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { openProgress } from '../output/progress.js'
import { tellProof } from '../output/tell-proof.js'
import { readSources } from '../read-sources.js'
import type { Session } from '../session.js'
import { openSources, type Source } from '../sources.js'
import { listSaved } from './list-saved.js'

/** `backset list` */
export async function listTasks(args: ListArgs, session: Session, context: Context): Promise<number> {
  if (args.from !== undefined) return failIf(args, await listSaved(args.from, args, session, context))
  const pageNum = wholeNumber(args['page-num'], 'page-num', { max: 2_147_483_647 })
  if (args['dry-run'] !== undefined) return printListRequest(args, pageNum ?? 0, session, context)
  return pageNum === undefined ? listAll(args, session, context) : listPage(args, pageNum, session, context)
}

async function listAll(args: ListArgs, session: Session, context: Context): Promise<number> {
  const { settings, signal } = session
  const { timezone: timeZone, lookahead, verify, allowIncomplete, pageSize } = settings
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  const filter = readFilter(args, { now: new Date(context.clock.now()), timeZone })
  await using printer = await openPrinter({ kind: taskRows, args, session, context, limit })
  for (const warning of oddWords(args)) await session.warn(warning)
  const sources = await openSources(args, session)
  if (args.cursor !== undefined && sources.length !== 1) {
    throw new InputError(`A cursor goes on in one list, and ${sources.length} are named.`, {
      field: 'cursor',
      hint: 'Name the plan or task it was given for.',
    })
  }
  const isApart = !context.stdout.isTTY || args.out !== undefined
  const progress = openProgress(session.stderr, isApart)
  /** What is told once the rows are printed, for on the same terminal it would stand between them. */
  const held: (() => Promise<void>)[] = []
  let [printed, seen] = [0, 0]
  const onProof = async (proof: Proof, source: Source): Promise<void> => {
    await progress.clear()
    seen += proof.rows
    const label =
      sources.length === 1
        ? undefined
        : [source.region, source.backupPlanId, source.backupSetDownloadTaskId].filter((part) => part !== undefined).join(' ')
    const tell = async (): Promise<void> => {
      await tellProof(proof, label, session, args.verbose === true)
      if (allowIncomplete && (proof.verdict === 'moving' || proof.verdict === 'short'))
        await session.warn('The listing could not be proved complete; it is printed as it came.')
    }
    if (isApart) await tell()
    else held.push(tell)
  }
  const onPage = async (rows: number): Promise<void> => {
    printed = rows
    await progress.show(`${rows} tasks`)
  }
  const sortedLimit = args.sort === undefined ? limit : undefined
  const rows = readSources(sources, {
    filter,
    lookahead,
    verify,
    allowIncomplete,
    cursor: args.cursor,
    limit: sortedLimit,
    signal,
    pageSize,
    onProof,
    onPage,
  })
  try {
    await printer.print(rows)
  } finally {
    for (const tell of held) await tell()
  }
  if (seen === 0 && args.plan !== undefined && session.stderr.isTTY)
    await session.stderr.write('hint: DBS lists nothing for a plan that is not there, either; `backset plans` shows those there are.\n')
  return failIf(args, printed)
}

const failIf = ({ 'fail-if': when }: ListArgs, printed: number): number =>
  (when === 'any' && printed > 0) || (when === 'none' && printed === 0) ? failIfHeld : 0

/** One page of DBS, as it came. */
async function listPage(args: ListArgs, pageNum: number, session: Session, context: Context): Promise<number> {
  const { settings, signal, format } = session
  const refused = [...Object.keys(filterOptions), 'sort', 'limit', 'cursor', 'all-plans'].filter(
    (flag) => args[flag as keyof ListArgs] !== undefined,
  )
  if (refused.length > 0) {
    throw new InputError(
      `--page-num prints one page as DBS answers it; it does not go with ${refused.map((flag) => `--${flag}`).join(', ')}.`,
      { field: 'page-num', hint: 'Leave it out to list every task.' },
    )
  }
  // With its envelope where the format has room for one; rows alone in a table, CSV and the like.
  const whole = format === 'json' || format === 'yaml'
  const view = rowView({ kind: taskRows, columns: args.columns, links: args['show-links'] === true ? 'full' : 'masked' })
  const { query, out, formulas, 'show-links': showLinks } = args
  await using printer = await openPrinter(
    whole
      ? { kind: undefined, args: { query, out, formulas, 'show-links': showLinks }, session, context, single: true }
      : { kind: taskRows, args, session, context },
  )
  const [source, another] = await openSources(args, session)
  if (source === undefined || another !== undefined)
    throw new InputError('--page-num asks for one list; name one plan or one task.', { field: 'page-num' })
  const { backupPlanId, backupSetDownloadTaskId } = source
  const { pageSize } = settings
  const page = await source.client.send(
    describeBackupSetDownloadTaskList,
    { backupPlanId, backupSetDownloadTaskId, pageNum, pageSize },
    { signal },
  )
  const rows: readonly unknown[] = whole ? [{ ...page, items: page.items.map(view) }] : page.items
  await printer.print(allAtOnce(rows))
  return failIf(args, page.items.length)
}
