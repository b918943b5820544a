import { DbsError, InputError, type CreatedTask, type Operation } from '@backset/core'
import { allAtOnce, createdRows, fetchedRows, taskRows } from '@backset/formats'
import { exitCodes, type Args } from '@backset/settings'
import { checkFolder } from '@backset/transfer'
import type { Context } from '../command.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import type { createOptions } from '../options/create.js'
import { readDuration } from '../options/read-duration.js'
import { openLiveLines } from '../output/live-lines.js'
import { openPrinter, type Printer } from '../output/print-rows.js'
import { tellFailures } from '../output/tell-failures.js'
import { tellWho } from '../output/tell-who.js'
import type { Session } from '../session.js'
import { clientTokenOf } from './client-token.js'
import { printFetched, readFetchOptions } from './fetch.js'
import { waitForTasks } from './wait-for-tasks.js'

export type CreateArgs = Args<typeof createOptions>

/** A create call. */
export interface Creation<Input> {
  readonly operation: Operation<Input, CreatedTask>
  /** The operation's name as `@backset/core` exports it. */
  readonly operationName: string
  readonly region: string | undefined
  /** What the task is made from; it may have to be looked up. */
  readonly inputOf: (clientToken: string) => Promise<Input & Readonly<Record<string, unknown>>>
}

/** Creates a task, and then prints its id, or waits for it, or fetches its file. */
export async function createTask<Input>(creation: Creation<Input>, args: CreateArgs, session: Session, context: Context): Promise<number> {
  const { operation, operationName, region, inputOf } = creation
  const clientToken = clientTokenOf(args['client-token'], context.random)
  const goOn = goOnOf(args, session, context)
  if (args['dry-run'] !== undefined)
    return printDryRun({ operation, operationName, input: await inputOf(clientToken), region }, args, session, context)
  await using printer = await openPrinter({ kind: goOn.kind, args, session, context, single: goOn.single })
  const client = session.clientFor(region)
  await goOn.prepare?.() // before there is a task that could not be fetched
  const input = await inputOf(clientToken)
  const { backupSetDownloadTaskId: taskId } = await client.send(operation, input, { signal: session.limit }).catch((error: unknown) => {
    throw isUnsent(error) ? error : remarked(error, `If you try again, give --client-token ${clientToken}: then no second task is made.`)
  })
  await tellWho(client, session, args.verbose)
  const remark = `Task ${taskId} was created with --client-token ${clientToken}; the same call with it goes on with this task.`
  try {
    return await goOn.work({ taskId, clientToken, region, printer, remark })
  } catch (error) {
    throw remarked(error, remark)
  }
}

interface Created {
  readonly taskId: string
  readonly clientToken: string
  readonly region: string | undefined
  readonly printer: Printer
  /** Said with whatever goes wrong from now on. */
  readonly remark: string
}

/** What follows when the task is there. @throws InputError */
function goOnOf(args: CreateArgs, session: Session, context: Context) {
  const interval = readDuration(args.interval, 'interval')
  if (args.fetch !== undefined) {
    const how = { ...readFetchOptions({ ...args, fetch: args.fetch }, context), wait: true }
    const work = ({ taskId, region, printer, remark }: Created): Promise<number> =>
      printFetched([taskId], { ...how, client: session.clientFor(region) }, printer, session, context, (error) => remarked(error, remark))
    return { kind: fetchedRows, single: false, prepare: () => checkFolder(how.folder), work }
  }
  if (args.wait === true) {
    const work = async ({ taskId, region, printer, remark }: Created): Promise<number> => {
      const how = { client: session.clientFor(region), interval, lines: openLiveLines(context.stderr) }
      const [waited] = await waitForTasks([taskId], how, session, context)
      if (waited?.task !== undefined) await printer.print(allAtOnce([waited.task]))
      return tellFailures(waited?.error === undefined ? [] : [remarked(waited.error, remark)], session)
    }
    return { kind: taskRows, single: true, prepare: undefined, work }
  }
  if (interval !== undefined)
    throw new InputError('--interval goes with --wait or --fetch.', { field: 'interval', hint: 'Without them nothing is waited for.' })
  return { kind: createdRows, single: true, prepare: undefined, work: printCreated }
}

async function printCreated({ taskId, clientToken, printer }: Created): Promise<number> {
  await printer.print(allAtOnce([{ backupSetDownloadTaskId: taskId, clientToken }]))
  return 0
}

/** Where the command line is wrong nothing was sent, and there is nothing to try again. */
const isUnsent = (error: unknown): boolean => error instanceof DbsError && exitCodes[error.code] === 2

/** The same error with more in its hint. */
function remarked<Failure>(error: Failure, remark: string): Failure {
  if (error instanceof DbsError) error.hint = error.hint === undefined ? remark : `${error.hint} ${remark}`
  return error
}
