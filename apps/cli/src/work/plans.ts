import { describeBackupPlanList, joinListings, type BackupPlan, type Proof } from '@backset/core'
import { planRows, type Batches } from '@backset/formats'
import type { Context } from '../command.js'
import type { PlansArgs } from '../commands/plans.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { tellProof } from '../output/tell-proof.js'
import type { Session } from '../session.js'

/** `backset plans` */
export async function printPlans(args: PlansArgs, session: Session, context: Context): Promise<number> {
  const [region] = session.regions
  if (args['dry-run'] !== undefined) {
    return printDryRun(
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
  await printer.print(readPlans(session, args.sort === undefined ? limit : undefined, args.verbose === true))
  return 0
}

async function* readPlans(session: Session, limit: number | undefined, verbose: boolean): Batches<BackupPlan> {
  const { regions, settings, signal, clientFor } = session
  const { lookahead, verify, allowIncomplete } = settings
  const isOne = regions.length === 1
  const open = (region: string | undefined, left: number | undefined) =>
    clientFor(region).listBackupPlans({ region }, { lookahead, verify, allowIncomplete, signal, limit: left })
  const onProof = (proof: Proof, region: string | undefined) => tellProof(proof, isOne ? undefined : region, session, verbose)
  for await (const { source: region, items } of joinListings(regions, { open, limit, onProof })) {
    yield isOne || region === undefined ? items : items.map((plan) => ({ ...plan, region }))
  }
}
