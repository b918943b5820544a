import { InputError, keysAtHand, type Credentials, type DbsClient, type Operation, type SignedRequest } from '@backset/core'
import { clientOptions } from '@backset/settings'
import type { Context } from '../command.js'
import type { Session } from '../session.js'
import { asCurl } from './curl.js'
import { masked } from './masked.js'
import { asRequest } from './request.js'
import { asTypescript, callAsTypescript } from './typescript.js'

/** The request a command would send first. */
export interface FirstRequest<Input> {
  readonly operation: Operation<Input, unknown>
  /** The operation's name as `@backset/core` exports it. */
  readonly operationName: string
  readonly input: Input & Readonly<Record<string, unknown>>
  readonly region: string | undefined
}

/** What stands where keys would, when there are none at hand: a dry run asks no server for them. */
const placeholder = { accessKeyId: 'YOUR_ACCESS_KEY_ID', accessKeySecret: 'YOUR_ACCESS_KEY_SECRET' }

/** A call of any action, by name. */
export interface FirstCall {
  readonly action: string
  readonly parameters: Readonly<Record<string, string>>
  readonly region: string | undefined
}

export interface DryRunArgs {
  readonly 'dry-run'?: string | undefined
  readonly reveal?: boolean | undefined
  readonly out?: string | undefined
}

/** Prints the first request instead of sending it. */
export async function printDryRun<Input>(
  { operation, operationName, input, region }: FirstRequest<Input>,
  args: DryRunArgs,
  session: Session,
  context: Context,
): Promise<number> {
  return printForms(args, session, context, {
    region,
    prepare: (client, keys) => client.prepare(operation, input, keys),
    typescript: (options) => asTypescript({ options, operation: operationName, input }),
  })
}

/** The same for `backset call`. */
export async function printDryCall(
  { action, parameters, region }: FirstCall,
  args: DryRunArgs,
  session: Session,
  context: Context,
): Promise<number> {
  return printForms(args, session, context, {
    region,
    prepare: (client, keys) => client.prepareCall(action, parameters, keys),
    typescript: (options) => callAsTypescript({ options, action, parameters }),
  })
}

interface Forms {
  readonly region: string | undefined
  readonly prepare: (client: DbsClient, keys: Credentials) => SignedRequest
  readonly typescript: (options: Readonly<Record<string, unknown>>) => string
}

async function printForms(
  args: DryRunArgs,
  session: Session,
  { env, homeDir, clock, stdout }: Context,
  { region, prepare, typescript }: Forms,
): Promise<number> {
  const { settings } = session
  if (args.out !== undefined)
    throw new InputError('--dry-run prints, and writes no file.', {
      field: 'out',
      hint: 'Leave out --out, or send what is printed to a file with >.',
    })
  if (args['dry-run'] === 'ts') {
    await stdout.write(typescript(optionsInTypescript(session, region)))
    return 0
  }
  const keys = (await keysAtHand({ env, homeDir, clock, profile: settings.profile })) ?? placeholder
  const request = prepare(session.clientFor(region), keys)
  const shown = masked(request, [keys.accessKeySecret, 'securityToken' in keys ? keys.securityToken : undefined], args.reveal === true)
  if (args['dry-run'] === 'curl') await stdout.write(asCurl(shown))
  else await stdout.write(session.formatNamed && session.format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : asRequest(shown))
  return 0
}

/** What differs from the defaults. */
function optionsInTypescript({ settings }: Session, region: string | undefined): Readonly<Record<string, unknown>> {
  const { endpoint, profile, signature, method, wire, allowHttp } = clientOptions(settings, region)
  return {
    region,
    endpoint,
    profile,
    ...(allowHttp && { allowHttp }),
    ...(signature === 'v1' && { signature }),
    ...(method === 'GET' && { method }),
    ...(wire === 'xml' && { wire }),
  }
}
