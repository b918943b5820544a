import { resolve } from 'node:path'
import { describeBackupSetDownloadTaskList, type DbsError } from '@backset/core'
import { fetchedRows } from '@backset/formats'
import { exitCodes, worst } from '@backset/settings'
import type { FetchFileOptions } from '@backset/transfer'
import type { Context } from '../command.js'
import type { FetchArgs } from '../commands/fetch.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { readDuration } from '../options/read-duration.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter, type Printer } from '../output/print-rows.js'
import { tellFailures } from '../output/tell-failures.js'
import { tellWho } from '../output/tell-who.js'
import { onlyRegion, type Session } from '../session.js'
import { fetchFiles, type HowToFetch } from './fetch-files.js'
import { readIds } from './read-ids.js'

/** `backset fetch` */
export async function fetchThem(args: FetchArgs, session: Session, context: Context): Promise<number> {
  const region = onlyRegion(session, 'fetch')
  const how = { ...readFetchOptions({ ...args, fetch: args.dir ?? '.' }, context), wait: args.wait === true, force: args.force === true }
  if (args['dry-run'] !== undefined) {
    const [backupSetDownloadTaskId] = await readIds(args.words, context.stdin, session.limit)
    if (backupSetDownloadTaskId === undefined) return 0 // then nothing would be sent
    const input = { backupSetDownloadTaskId, pageSize: 30 as const }
    return printDryRun(
      { operation: describeBackupSetDownloadTaskList, operationName: 'describeBackupSetDownloadTaskList', input, region },
      args,
      session,
      context,
    )
  }
  await using printer = await openPrinter({ kind: fetchedRows, args, session, context })
  const taskIds = await readIds(args.words, context.stdin, session.limit)
  const client = session.clientFor(region)
  const exitCode = await printFetched(taskIds, { ...how, client }, printer, session, context)
  await tellWho(client, session, args.verbose)
  return exitCode
}

interface FetchFlags {
  /** The folder. */
  readonly fetch: string
  readonly network?: string | undefined
  readonly connections?: string | undefined
  readonly interval?: string | undefined
}

/** @throws InputError */
export function readFetchOptions({ fetch, network, connections, interval }: FetchFlags, { cwd }: Pick<Context, 'cwd'>) {
  return {
    folder: resolve(cwd, fetch),
    network: network as FetchFileOptions['network'], // the parser has judged the word
    connections: wholeNumber(connections, 'connections', { min: 1, max: 32 }),
    interval: readDuration(interval, 'interval'),
  }
}

/**
 * Fetches and prints what is there, each when it is there; gives the worst exit code. When none is, and some should be, nothing is printed.
 * @param remark adds to what went wrong with one
 */
export async function printFetched(
  taskIds: readonly string[],
  how: Omit<HowToFetch, 'onFailure'>,
  printer: Printer,
  session: Session,
  context: Context,
  remark = (error: DbsError): DbsError => error,
): Promise<number> {
  const failures: DbsError[] = []
  const onFailure = async (error: DbsError): Promise<void> => {
    failures.push(error)
    await tellFailures([remark(error)], session)
  }
  const files = fetchFiles(taskIds, { ...how, onFailure }, session, context)[Symbol.asyncIterator]()
  const first = await files.next()
  if (first.done !== true || failures.length === 0) await printer.print(beginningWith(first, files))
  return worst(failures.map(({ code }) => exitCodes[code]))
}

async function* beginningWith<Row>(first: IteratorResult<Row, unknown>, rest: AsyncIterator<Row>): AsyncGenerator<Row, void, undefined> {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value
}
