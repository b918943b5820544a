import { describeBackupPlanList, type BackupPlan } from '@backset/core'
import { planRows, type Batches } from '@backset/formats'
import type { Context } from '../command.js'
import type { PlansArgs } from '../commands/plans.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { tellProof } from '../output/tell-proof.js'
import { openSession, type Session } from '../session.js'

/** `backset plans` */
export async function printPlans(args: PlansArgs, context: Context): Promise<number> {
  await using session = await openSession(args, context)
  const [region] = session.regions
  if (args['dry-run'] !== undefined) {
    return await printDryRun(
      {
        operation: describeBackupPlanList,
        operationName: 'describeBackupPlanList',
        input: { region, pageNum: 0, pageSize: 100 },
        region,
      },
      args,
      session,
      context,
    )
  }
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  await using printer = await openPrinter({ kind: planRows, args, session, context, limit })
  await printer.print(readPlans(session, context, args.sort === undefined ? limit : undefined, args.verbose === true))
  return 0
}

async function* readPlans(session: Session, context: Context, limit: number | undefined, verbose: boolean): Batches<BackupPlan> {
  const { regions, settings, signal } = session
  const { lookahead, verify, allowIncomplete } = settings
  let left = limit ?? Infinity
  for (const region of regions) {
    if (left <= 0) return
    const listing = session
      .clientFor(region)
      .listBackupPlans({ region }, { lookahead, verify, allowIncomplete, signal, ...(left !== Infinity && { limit: left }) })
    try {
      for await (const { items } of listing.pages()) {
        left -= items.length
        yield regions.length === 1 || region === undefined ? items : items.map((plan) => ({ ...plan, region }))
      }
    } finally {
      if (listing.proof !== undefined) await tellProof(listing.proof, regions.length === 1 ? undefined : region, session, context, verbose)
    }
  }
}
