import {
  describeFullBackupList,
  describeIncrementBackupList,
  InputError,
  joinListings,
  type JoinOptions,
  type Proof,
  type Listing,
  type ListOptions,
  type FullBackup,
  type IncrementBackup,
} from '@backset/core'
import { fullBackupRows, incrementBackupRows, type Batches, type RowKind } from '@backset/formats'
import type { Context } from '../command.js'
import type { BackupsFullArgs } from '../commands/backups-full.js'
import type { BackupsIncrementArgs } from '../commands/backups-increment.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { tellProof } from '../output/tell-proof.js'
import { onlyRegion, type Session } from '../session.js'

type BackupsArgs = BackupsFullArgs & BackupsIncrementArgs

/** `backset backups full` */
export async function printFullBackups(args: BackupsFullArgs, session: Session, context: Context): Promise<number> {
  const { backupPlanId, region, pageSize } = asked(args, session, 'backups full')
  const input = { backupPlanId, pageNum: 0, pageSize }
  const operation = describeFullBackupList
  if (args['dry-run'] !== undefined)
    return printDryRun({ operation, operationName: 'describeFullBackupList', input, region }, args, session, context)
  const open = (options: ListOptions<FullBackup>) => session.clientFor(region).listFullBackups({ backupPlanId, pageSize }, options)
  return printBackups(fullBackupRows, open, args, session, context)
}

/** `backset backups increment` */
export async function printIncrementBackups(args: BackupsIncrementArgs, session: Session, context: Context): Promise<number> {
  const { backupPlanId, region, pageSize } = asked(args, session, 'backups increment')
  const input = { backupPlanId, pageNum: 0, pageSize }
  const operation = describeIncrementBackupList
  if (args['dry-run'] !== undefined)
    return printDryRun({ operation, operationName: 'describeIncrementBackupList', input, region }, args, session, context)
  const open = (options: ListOptions<IncrementBackup>) =>
    session.clientFor(region).listIncrementBackups({ backupPlanId, pageSize }, options)
  return printBackups(incrementBackupRows, open, args, session, context)
}

/** @throws InputError when no plan is named */
function asked({ plan }: BackupsArgs, session: Session, command: string) {
  if (plan === undefined)
    throw new InputError(`backset ${command} needs a plan.`, { field: 'plan', hint: 'Give --plan ID; backset plans shows the plans.' })
  return { backupPlanId: plan, region: onlyRegion(session, command), pageSize: session.settings.pageSize }
}

async function printBackups<Row>(
  kind: RowKind,
  open: (options: ListOptions<Row>) => Listing<Row>,
  args: BackupsArgs,
  session: Session,
  context: Context,
): Promise<number> {
  const { settings, signal } = session
  const { lookahead, verify, allowIncomplete } = settings
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  await using printer = await openPrinter({ kind, args, session, context, limit })
  const onProof = (proof: Proof) => tellProof(proof, undefined, session, args.verbose === true)
  const openAtMost = (_: undefined, left: number | undefined) => open({ lookahead, verify, allowIncomplete, signal, limit: left })
  await printer.print(readBackups({ open: openAtMost, limit: args.sort === undefined ? limit : undefined, onProof }))
  return 0
}

async function* readBackups<Row>(options: JoinOptions<undefined, Row>): Batches<Row> {
  for await (const { items } of joinListings([undefined], options)) yield items
}
