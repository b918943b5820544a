import { InputError } from '@backset/core'
import { allAtOnce } from '@backset/formats'
import type { Context } from '../command.js'
import type { CallArgs } from '../commands/call.js'
import { printDryCall } from '../dry-run/print-dry-run.js'
import { openPrinter } from '../output/print-rows.js'
import { tellWho } from '../output/tell-who.js'
import { onlyRegion, type Session } from '../session.js'

/** `backset call` */
export async function callAction(args: CallArgs, session: Session, context: Context): Promise<number> {
  const [action = ''] = args.words
  const region = onlyRegion(session, 'call')
  const parameters = parametersOf(action, args.param ?? [])
  if (args['dry-run'] !== undefined) return printDryCall({ action, parameters, region }, args, session, context)
  if (changes.test(action) && args.yes !== true) {
    throw new InputError(`${action} may change, end or cost something, and was not sent.`, {
      field: 'yes',
      hint: 'Look at it with --dry-run, and send it with --yes.',
    })
  }
  const format = session.format === 'yaml' ? 'yaml' : 'json' // what DBS answers has no rows
  await using printer = await openPrinter({ kind: undefined, args, session: { ...session, format }, context, single: true })
  const client = session.clientFor(region)
  const answer = await client.call(action, parameters, { signal: session.signal })
  await tellWho(client, session, args.verbose)
  await printer.print(allAtOnce([answer]))
  return 0
}

/** Gateways are known to take the names of actions in any case. */
const changes = /^(?:release|stop|modify|disable|renew|upgrade)/i

/** What a request says of itself; under signature v1 it would be mistaken for a parameter of the action, and a secret has no place on a command line. */
const reserved = /^(?:action|version|format|accesskeyid|signature\w*|timestamp|securitytoken)$/i

function parametersOf(action: string, texts: readonly string[]): Readonly<Record<string, string>> {
  if (!/^[A-Za-z]\w*$/.test(action))
    throw new InputError(`${JSON.stringify(action)} is no name of an action.`, { hint: 'Write it as the API does: DescribeRegions.' })
  const parameters = new Map<string, string>()
  for (const text of texts) {
    const [, name, value = ''] = /^([A-Za-z][\w.-]*)=(.*)$/s.exec(text) ?? []
    // What was written is not quoted: nobody knows what stands in it.
    if (name === undefined) throw wrong('--param takes a name, an equals sign and a value.', 'Write --param BackupPlanId=dbs1hvb0wxxxxxx.')
    if (reserved.test(name))
      throw wrong(`--param ${name} is no parameter of an action: backset sets it.`, 'See backset call --help for the settings.')
    if (parameters.has(name))
      throw wrong(`--param ${name} is given twice.`, 'Give each name once; a list is Name.1=…, Name.2=…, or has commas.')
    parameters.set(name, value)
  }
  return Object.fromEntries(parameters)
}

const wrong = (message: string, hint: string): InputError => new InputError(message, { field: 'param', hint })
