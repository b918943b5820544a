import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  DbsError,
  describeBackupPlanList,
  describeBackupSetDownloadTaskList,
  InputError,
  knownRegions,
  resolveEndpoint,
  type DbsClient,
} from '@backset/core'
import { allAtOnce, openDraft, plainRows } from '@backset/formats'
import type { Context } from '../command.js'
import type { ProbeArgs } from '../commands/probe.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { openPrinter } from '../output/print-rows.js'
import { openAsker, type OpenAsker } from '../probe/open-asker.js'
import { mostPlans, planLines } from '../probe/plan.js'
import { tasksIn } from '../probe/question.js'
import { questions } from '../probe/questions.js'
import { onlyRegion, type Session } from '../session.js'

const findingRows = plainRows({ question: 'QUESTION', finding: 'FINDING' })

/** `backset probe` */
export async function runProbe(args: ProbeArgs, session: Session, context: Context): Promise<number> {
  const region = onlyRegion(session, 'probe')
  if (args['dry-run'] !== undefined) return dryRun(args, region, session, context)
  const { signal } = session
  const file = join(context.cwd, 'probe.json')
  if (args.out !== undefined && resolve(context.cwd, args.out) === file)
    throw new InputError('--out names probe.json, which the measurement itself is written to.', {
      field: 'out',
      hint: 'Name another file for the table.',
    })
  await refuseToOverwrite(file, args.force === true)
  await using printer = await openPrinter({ kind: findingRows, args, session, context })
  const draft = await openDraft(file, { signal })
  try {
    await tellPlan(planLines(args.plan), session)
    const client = session.clientFor(region)
    using asker = openAsker(client, session, context)
    await choosePlan(args.plan, { asker, client, region, signal })
    const findings: Record<string, unknown> = {}
    const rows: { readonly question: string; readonly finding: string }[] = []
    for (const { name, measure, tell } of questions) {
      const finding = await measure(asker)
      findings[name] = finding
      rows.push({ question: name, finding: tell(finding) })
    }
    const head = {
      kind: 'backset-probe',
      version: 1,
      measuredAt: new Date(context.clock.now()).toISOString(),
      backset: context.version,
      host: publicHost(client),
    }
    await draft.write(`${JSON.stringify({ ...head, findings }, null, 2)}\n`)
    await draft.finish()
    await printer.print(allAtOnce(rows))
    return 0
  } finally {
    await draft.discard()
  }
}

async function dryRun(args: ProbeArgs, region: string | undefined, session: Session, context: Context): Promise<number> {
  if (args['dry-run'] === 'request') {
    await context.stdout.write(`${planLines(args.plan).join('\n')}\n`)
    return 0
  }
  if (args.plan === undefined)
    return printDryRun(
      { operation: describeBackupPlanList, operationName: 'describeBackupPlanList', input: { region, pageNum: 0, pageSize: 30 }, region },
      args,
      session,
      context,
    )
  const input = { backupPlanId: args.plan, pageNum: 0, pageSize: 30 as const }
  return printDryRun(
    { operation: describeBackupSetDownloadTaskList, operationName: 'describeBackupSetDownloadTaskList', input, region },
    args,
    session,
    context,
  )
}

async function refuseToOverwrite(file: string, force: boolean): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere && !force)
    throw new DbsError('cannot-write', `${file} is there already, and nothing was asked.`, { hint: 'Move it away, or give --force.' })
}

/** Before anything is sent, people see what. Where the format is JSON by name, this is too. */
async function tellPlan(lines: readonly string[], { format, formatNamed, stderr }: Session): Promise<void> {
  const asJson = formatNamed && (format === 'json' || format === 'ndjson')
  const text = `The probe reads, and sends at most 20 requests:\n${lines.map((line, at) => `  ${at + 1}. ${line}\n`).join('')}`
  await stderr.write(asJson ? `${JSON.stringify({ requests: lines })}\n` : text)
}

interface Choice {
  readonly asker: OpenAsker
  readonly client: DbsClient
  readonly region: string | undefined
  readonly signal: AbortSignal
}

/** The plan that is named, or the first that has tasks. */
async function choosePlan(named: string | undefined, { asker, client, region, signal }: Choice): Promise<void> {
  const ids = named === undefined ? await planIds({ client, region, signal }) : [named]
  for (const id of ids.slice(0, mostPlans)) {
    const page = await asker.pageOf(id)
    asker.choose(id, page)
    if (tasksIn(page).length > 0 || 'refused' in page) return
  }
  if (ids.length === 0)
    throw new DbsError('not-found', 'There is no backup plan to ask about.', { hint: 'Give one with --plan, or another --region.' })
}

async function planIds({ client, region, signal }: Omit<Choice, 'asker'>): Promise<readonly string[]> {
  const page = (pageNum: number) => client.send(describeBackupPlanList, { region, pageNum, pageSize: 30 }, { signal })
  const { items } = await page(0).catch((error: unknown) => {
    if (error instanceof DbsError && (error.code === 'refused' || error.code === 'not-found')) return page(1) // it may count from 1
    throw error
  })
  return items.map(({ backupPlanId }) => backupPlanId)
}

/** A host of the vendor's says which region was measured; any other is the person's own business. */
function publicHost({ origin }: DbsClient): string | null {
  const { host } = new URL(origin)
  return knownRegions.some((region) => resolveEndpoint({ region }).url.host === host) ? host : null
}
