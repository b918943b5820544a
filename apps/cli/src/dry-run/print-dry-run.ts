import { keysAtHand, type Operation } from '@backset/core'
import { clientOptions } from '@backset/settings'
import type { Context } from '../command.js'
import type { Session } from '../session.js'
import { asCurl } from './curl.js'
import { masked } from './masked.js'
import { asRequest } from './request.js'
import { asTypescript } from './typescript.js'

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

/** Prints the first request instead of sending it. */
export async function printDryRun<Input>(
  { operation, operationName, input, region }: FirstRequest<Input>,
  args: { readonly 'dry-run'?: string | undefined; readonly reveal?: boolean | undefined },
  session: Session,
  { env, homeDir, clock, stdout }: Context,
): Promise<number> {
  const { settings } = session
  if (args['dry-run'] === 'ts') {
    const { endpoint, profile, signature, method, wire, allowHttp } = clientOptions(settings, region)
    const options = {
      region,
      endpoint,
      profile,
      ...(allowHttp && { allowHttp }),
      ...(signature === 'v1' && { signature }),
      ...(method === 'GET' && { method }),
      ...(wire === 'xml' && { wire }),
    }
    await stdout.write(asTypescript({ options, operation: operationName, input }))
    return 0
  }
  const keys = (await keysAtHand({ env, homeDir, clock, profile: settings.profile })) ?? placeholder
  const request = session.clientFor(region).prepare(operation, input, keys)
  const shown = masked(request, [keys.accessKeySecret, 'securityToken' in keys ? keys.securityToken : undefined], args.reveal === true)
  if (args['dry-run'] === 'curl') await stdout.write(asCurl(shown))
  else await stdout.write(session.formatNamed && session.format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : asRequest(shown))
  return 0
}
