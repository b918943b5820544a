import { describeRegions, knownRegions, resolveEndpoint } from '@backset/core'
import { allAtOnce, regionRows } from '@backset/formats'
import type { Context } from '../command.js'
import type { RegionsArgs } from '../commands/regions.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { tellWho } from '../output/tell-who.js'
import { onlyRegion, type Session } from '../session.js'

/** `backset regions` */
export async function printRegions(args: RegionsArgs, session: Session, context: Context): Promise<number> {
  const region = onlyRegion(session, 'regions')
  if (args['dry-run'] !== undefined) {
    return printDryRun({ operation: describeRegions, operationName: 'describeRegions', input: {}, region }, args, session, context)
  }
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  await using printer = await openPrinter({ kind: regionRows, args, session, context, limit })
  const client = session.clientFor(region)
  const { regions } = await client.send(describeRegions, {}, { signal: session.signal })
  await tellWho(client, session, args.verbose)
  const rows = regions.map((regionId) =>
    knownRegions.includes(regionId) ? { regionId, endpoint: resolveEndpoint({ region: regionId }).url.host } : { regionId },
  )
  await printer.print(allAtOnce(args.sort === undefined ? rows.slice(0, limit) : rows))
  return 0
}
