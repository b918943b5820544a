import { CredentialsError } from '../errors/credentials-error.js'
import { nearestName } from '../nearest-name.js'
import { isOn, keysInEnvironment, oidcInEnvironment, variable, type Env } from './environment.js'
import { findInFiles } from './profile-files.js'
import type { KeySource } from './source.js'

export interface WhereToLook {
  /** Where variables are looked up. */
  readonly env: Env
  /** Where the vendor's profile files are. */
  readonly homeDir: string
  /** Named by the caller: beats keys in the environment. */
  readonly profile?: string | undefined
}

/** A source, and whether it is only a guess: every machine may be an ECS instance, and when it is none, that is no fault to tell. */
export interface FoundSource {
  readonly source: KeySource
  readonly isGuess: boolean
}

const sure = (source: KeySource): FoundSource => ({ source, isGuess: false })

/**
 * The first source there is, in the order of the vendor's packages: keys in the environment, OIDC role, CLI profile, credentials file, ECS role, URI. The first
 * that is set is meant: unlike in the vendor's chain, one that then fails is told, and no other takes its place unseen.
 * @throws CredentialsError when there is none, or the first cannot be used
 */
export async function findSource({ env, homeDir, profile }: WhereToLook): Promise<FoundSource> {
  const inEnvironment = profile === undefined ? (keysInEnvironment(env) ?? oidcInEnvironment(env)) : undefined
  if (inEnvironment !== undefined) return sure(inEnvironment)
  const wanted = profile ?? variable(env, 'ALIBABA_CLOUD_PROFILE')
  const inFiles = await findInFiles(env, homeDir, wanted)
  if (inFiles.source !== undefined) return sure(inFiles.source)
  const named = profile === undefined ? namedLast(env) : undefined
  if (named !== undefined) return sure(named)
  if (wanted !== undefined) throw noSuchProfile(wanted, inFiles.names)
  if (isOn(env, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED')) throw noCredentials()
  return { source: { kind: 'ecs', label: 'ECS role', roleName: undefined }, isGuess: true }
}

/** What the environment names for the end of the chain; with a URI and no role, the vendor's chain would first wait for the metadata service. */
function namedLast(env: Env): KeySource | undefined {
  const roleName = variable(env, 'ALIBABA_CLOUD_ECS_METADATA')
  const uri = variable(env, 'ALIBABA_CLOUD_CREDENTIALS_URI')
  if (roleName !== undefined && !isOn(env, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED')) {
    return { kind: 'ecs', label: `ECS role ${roleName}`, roleName }
  }
  return uri === undefined ? undefined : { kind: 'uri', label: 'credentials URI', uri }
}

/** Nothing is set anywhere, and this is no ECS instance either. */
export const noCredentials = (): CredentialsError =>
  new CredentialsError(
    'There are no credentials: none in the environment, none in a profile, no ECS role.',
    'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or make a profile with aliyun configure.',
  )

function noSuchProfile(wanted: string, names: readonly string[]): CredentialsError {
  const nearest = nearestName(wanted, names)
  return new CredentialsError(
    `There is no profile ${JSON.stringify(wanted)} in ~/.aliyun/config.json or ~/.alibabacloud/credentials.`,
    nearest === undefined ? 'aliyun configure list shows the profiles.' : `Did you mean ${nearest}?`,
  )
}
