import { describeRegions, knownRegions, resolveEndpoint } from '@backset/core'
import { allAtOnce, regionRows } from '@backset/formats'
import { defineCommand } from '../command.js'
import { printDryRun } from '../dry-run/print-dry-run.js'
import { commonOptions } from '../options/common.js'
import { dryRunOptions } from '../options/dry-run.js'
import { outputOptions } from '../options/output.js'
import { wholeNumber } from '../options/read-number.js'
import { openPrinter } from '../output/print-rows.js'
import { openSession } from '../session.js'

export default defineCommand({
  summary: 'Print the regions DBS serves, and the host of each that is known here',
  examples: ['backset regions', 'backset regions -o id', 'backset regions -o json'],
  options: { ...outputOptions, ...dryRunOptions, ...commonOptions },
  async run(args, context) {
    await using session = await openSession(args, context)
    const [region] = session.regions
    if (args['dry-run'] !== undefined) {
      return printDryRun({ operation: describeRegions, operationName: 'describeRegions', input: {}, region }, args, session, context)
    }
    const limit = wholeNumber(args.limit, 'limit', { min: 1 })
    const print = await openPrinter({ kind: regionRows, args, session, context, limit })
    const { regions } = await session.clientFor(region).send(describeRegions, {}, { signal: session.signal })
    const rows = regions.map((regionId) =>
      knownRegions.includes(regionId) ? { regionId, endpoint: resolveEndpoint({ region: regionId }).url.host } : { regionId },
    )
    await print(allAtOnce(args.sort === undefined ? rows.slice(0, limit) : rows))
    return 0
  },
})
