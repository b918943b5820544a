import * as z from 'zod'
import { CredentialsError } from '../errors/credentials-error.js'
import { nearestName } from '../nearest-name.js'
import type { RoleOptions, KeySource } from './source.js'

// The vendor's ~/.aliyun/config.json, as aliyun-cli writes it. Its text never goes into an error: the vendor's package quotes the whole file.

const word = z.string().optional()

const Profile = z.looseObject({
  name: z.string(),
  mode: z.string().optional(),
  access_key_id: word,
  access_key_secret: word,
  sts_token: word,
  ram_role_arn: word,
  ram_session_name: word,
  expired_seconds: z.number().optional(),
  sts_region: word,
  sts_endpoint: word,
  external_id: word,
  enable_vpc: z.boolean().optional(),
  ram_role_name: word,
  oidc_provider_arn: word,
  oidc_token_file: word,
  source_profile: word,
  process_command: word,
  credentials_uri: word,
})
type Profile = z.infer<typeof Profile>

const ConfigFile = z.looseObject({ current: word, profiles: z.array(Profile).default([]) })

/** What to do instead of each mode that the vendor's package lacks or breaks. */
const unusable: Readonly<Record<string, string>> = {
  cloudsso:
    'The vendor’s package asks CloudSSO with an empty body. Take keys with aliyun-cli and use them as an StsToken profile, or through an External profile.',
  oauth:
    'It would write the profile file back. Take keys with aliyun-cli and use them as an StsToken profile, or through an External profile.',
  rsakeypair: 'Use an AK, RamRoleArn or EcsRamRole profile.',
  ramrolearnwithrolename: 'Use a ChainableRamRoleArn profile whose source is an EcsRamRole profile.',
  bearertoken: 'Bearer tokens are left out. Use an AK, RamRoleArn or EcsRamRole profile.',
  anonymous: 'DBS takes no anonymous calls. Use an AK profile.',
}

/**
 * The source that a profile of config.json stands for; undefined when the file names no such profile and none was asked for.
 * @param path for messages
 * @param wanted the profile, or undefined for the file's own `current`
 * @throws CredentialsError for a broken file, and a profile that cannot be used
 */
export function sourceInCliConfig(text: string, path: string, wanted: string | undefined, disableExternal: boolean): KeySource | undefined {
  const { current, profiles } = parsed(text, path)
  const name = wanted ?? current ?? 'default'
  const profile = profiles.find((one) => one.name === name)
  if (profile !== undefined) return sourceOf(profile, { profiles, path, disableExternal, depth: 0 })
  if (wanted === undefined) return undefined
  const nearest = nearestName(
    wanted,
    profiles.map((one) => one.name),
  )
  throw new CredentialsError(
    `${path} has no profile ${JSON.stringify(wanted)}.`,
    nearest === undefined ? 'aliyun configure list shows the profiles.' : `Did you mean ${nearest}?`,
  )
}

/** Whether the file names a profile at all, without judging it. */
export const cliConfigNames = (text: string, path: string, wanted: string): boolean =>
  parsed(text, path).profiles.some(({ name }) => name === wanted)

function parsed(text: string, path: string): z.infer<typeof ConfigFile> {
  const hint = 'Repair it, or write it anew with aliyun configure.'
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new CredentialsError(`${path} is no JSON.`, hint)
  }
  const checked = ConfigFile.safeParse(json)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new CredentialsError(`${path} is not of the form that aliyun-cli writes (at ${issue?.path.join('.') ?? 'its root'}).`, hint)
}

interface Surroundings {
  readonly profiles: readonly Profile[]
  readonly path: string
  readonly disableExternal: boolean
  readonly depth: number
}

function sourceOf(profile: Profile, around: Surroundings): KeySource {
  const mode = profile.mode ?? (profile.sts_token === undefined ? 'AK' : 'StsToken')
  const label = `profile ${profile.name} (${mode})`
  const need = (key: keyof Profile): string => {
    const value = profile[key]
    if (typeof value === 'string' && value !== '') return value
    throw new CredentialsError(
      `Profile ${JSON.stringify(profile.name)} in ${around.path} has no ${key}, which the mode ${mode} needs.`,
      `aliyun configure --profile ${profile.name} sets it.`,
    )
  }
  const keys = (): KeySource => ({
    kind: 'static',
    label,
    keys: {
      accessKeyId: need('access_key_id'),
      accessKeySecret: need('access_key_secret'),
      securityToken: profile.sts_token === '' ? undefined : profile.sts_token,
    },
  })
  switch (mode.toLowerCase()) {
    case 'ak':
      return keys()
    case 'ststoken':
      need('sts_token')
      return keys()
    case 'ramrolearn':
      return { kind: 'role', label, from: keys(), options: { ...roleOptions(profile), roleArn: need('ram_role_arn') } }
    case 'chainableramrolearn':
      return {
        kind: 'role',
        label,
        from: sourceProfile(need('source_profile'), profile, around),
        options: { ...roleOptions(profile), roleArn: need('ram_role_arn') },
      }
    case 'ecsramrole':
      return { kind: 'ecs', label, roleName: profile.ram_role_name === '' ? undefined : profile.ram_role_name, disableIMDSv1: false }
    case 'oidc': {
      const options = {
        ...roleOptions(profile),
        roleArn: need('ram_role_arn'),
        oidcProviderArn: need('oidc_provider_arn'),
        oidcTokenFilePath: need('oidc_token_file'),
      }
      return { kind: 'oidc', label, options }
    }
    case 'credentialsuri':
      return { kind: 'uri', label, uri: need('credentials_uri') }
    case 'external':
      if (around.disableExternal)
        throw new CredentialsError(
          `Profile ${JSON.stringify(profile.name)} runs a command, which ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids.`,
          'Choose another profile.',
        )
      return { kind: 'external', label, command: need('process_command') }
    default:
      throw new CredentialsError(
        `Profile ${JSON.stringify(profile.name)} in ${around.path} has the mode ${JSON.stringify(mode)}, which backset cannot use.`,
        unusable[mode.toLowerCase()] ??
          'Use an AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn, CredentialsURI or External profile.',
      )
  }
}

function sourceProfile(name: string, profile: Profile, around: Surroundings): KeySource {
  const source = around.profiles.find((one) => one.name === name)
  if (source === undefined || around.depth > 4) {
    throw new CredentialsError(
      `Profile ${JSON.stringify(profile.name)} in ${around.path} takes its keys from ${JSON.stringify(name)}, which ${source === undefined ? 'is not there' : 'leads in a circle'}.`,
      'Correct its source_profile.',
    )
  }
  return sourceOf(source, { ...around, depth: around.depth + 1 })
}

const roleOptions = (profile: Profile): RoleOptions => ({
  roleSessionName: profile.ram_session_name ?? 'backset',
  roleSessionExpiration: profile.expired_seconds,
  stsRegionId: profile.sts_region,
  stsEndpoint: profile.sts_endpoint,
  externalId: profile.external_id,
  enableVpc: profile.enable_vpc,
})
