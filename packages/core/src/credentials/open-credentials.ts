import type { Credentials, CredentialsProvider } from './credentials.js'
import { defaultCredentials, type ChainOptions } from './chain.js'
import { staticCredentials } from './static.js'

/** The provider a client uses: the one it was given, one around the keys it was given, or the default chain. */
export function openCredentials(given: Credentials | CredentialsProvider | undefined, options: ChainOptions): CredentialsProvider {
  if (given === undefined) return defaultCredentials(options)
  return 'get' in given ? given : staticCredentials(given)
}
