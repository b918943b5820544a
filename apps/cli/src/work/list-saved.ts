import { taskRows } from '@backset/formats'
import type { Context } from '../command.js'
import type { ListArgs } from '../commands/list.js'
import { readFilter } from '../options/read-filter.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { tellSaved } from '../output/tell-saved.js'
import { askedFields } from '../saved/asked-fields.js'
import { openSaved } from '../saved/open-saved.js'
import { refuseWithFrom } from '../saved/refuse-with-from.js'
import type { Session } from '../session.js'

/** `backset list --from`: how many tasks are printed. */
export async function listSaved(from: string, args: ListArgs, session: Session, context: Context): Promise<number> {
  refuseWithFrom(args, ['cursor', 'page-num', 'dry-run'])
  const { settings, signal } = session
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  const filter = readFilter(args, { now: new Date(context.clock.now()), timeZone: settings.timezone })
  await using printer = await openPrinter({ kind: taskRows, args, session, context, limit })
  const { plan, task, sort, verbose } = args
  let printed = 0
  const tasks = openSaved(
    { from, plan, task, filter, filtered: askedFields(args), limit: sort === undefined ? limit : undefined },
    { stdin: context.stdin, signal },
    async (counts) => {
      printed = counts.matched
      await tellSaved(from, counts, session, verbose === true)
    },
  )
  await printer.print(tasks)
  return printed
}
