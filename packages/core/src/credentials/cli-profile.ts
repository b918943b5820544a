import { CredentialsError } from '../errors/credentials-error.js'
import type { CliConfig, CliProfile } from './cli-config.js'
import type { KeySource, RoleOptions } from './source.js'

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
 * The source that a profile of config.json stands for; undefined when the file has none of that name.
 * @param noCommands profiles that run a command are refused
 * @throws CredentialsError for a profile that cannot be used, with what to use instead
 */
export function sourceOfProfile(config: CliConfig, name: string, noCommands: boolean): KeySource | undefined {
  const profile = config.profiles.find((one) => one.name === name)
  return profile && sourceOf(profile, { config, noCommands, passed: [] })
}

/** Whether a profile is one that aliyun-cli makes by itself at its first start, with nothing in it yet. */
export function isBlank(config: CliConfig, name: string): boolean {
  const profile = config.profiles.find((one) => one.name === name)
  return profile !== undefined && modeOf(profile).toLowerCase() === 'ak' && !profile.access_key_id && !profile.access_key_secret
}

const modeOf = ({ mode, sts_token: token }: CliProfile): string => mode || (token ? 'StsToken' : 'AK')

interface Surroundings {
  readonly config: CliConfig
  readonly noCommands: boolean
  /** Profiles whose `source_profile` led here. */
  readonly passed: readonly string[]
}

function sourceOf(profile: CliProfile, around: Surroundings): KeySource {
  const mode = modeOf(profile)
  const label = `profile ${profile.name} (${mode})`
  const called = `Profile ${JSON.stringify(profile.name)} in ${around.config.path}`
  const need = (key: keyof CliProfile): string => {
    const value = profile[key]
    if (typeof value === 'string' && value !== '') return value
    throw new CredentialsError(
      `${called} has no ${key}, which the mode ${mode} needs.`,
      `aliyun configure --profile ${profile.name} sets it.`,
    )
  }
  const keys = (): KeySource => {
    const [accessKeyId, accessKeySecret] = [need('access_key_id'), need('access_key_secret')]
    return { kind: 'static', label, keys: { accessKeyId, accessKeySecret, securityToken: profile.sts_token || undefined } }
  }
  const role = (): RoleOptions & { readonly roleArn: string } => ({ ...roleOptions(profile, called), roleArn: need('ram_role_arn') })
  switch (mode.toLowerCase()) {
    case 'ak':
      return keys()
    case 'ststoken':
      need('sts_token')
      return keys()
    case 'ramrolearn':
      return { kind: 'role', label, from: keys(), options: role() }
    case 'chainableramrolearn':
      return { kind: 'role', label, from: sourceProfile(need('source_profile'), profile, around), options: role() }
    case 'ecsramrole':
      return { kind: 'ecs', label, roleName: profile.ram_role_name || undefined }
    case 'oidc': {
      const [oidcProviderArn, oidcTokenFilePath] = [need('oidc_provider_arn'), need('oidc_token_file')]
      return { kind: 'oidc', label, options: { ...role(), oidcProviderArn, oidcTokenFilePath } }
    }
    case 'credentialsuri':
      if (around.noCommands) throw forbidden(`${called} asks a URI`)
      return { kind: 'uri', label, uri: need('credentials_uri') }
    case 'external':
      if (around.noCommands) throw forbidden(`${called} runs a command`)
      return { kind: 'external', label, command: need('process_command') }
    default:
      throw new CredentialsError(
        `${called} has the mode ${JSON.stringify(mode)}, which backset cannot use.`,
        unusable[mode.toLowerCase()] ??
          'Use an AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn, CredentialsURI or External profile.',
      )
  }
}

/** aliyun-cli keeps both modes from running under this variable. */
const forbidden = (what: string): CredentialsError =>
  new CredentialsError(`${what}, which ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids.`, 'Choose another profile.')

function sourceProfile(name: string, profile: CliProfile, around: Surroundings): KeySource {
  const source = around.config.profiles.find((one) => one.name === name)
  const passed = [...around.passed, profile.name]
  if (source !== undefined && !passed.includes(name)) return sourceOf(source, { ...around, passed })
  const why = source === undefined ? 'is not there' : 'leads in a circle'
  throw new CredentialsError(
    `Profile ${JSON.stringify(profile.name)} in ${around.config.path} takes its keys from ${JSON.stringify(name)}, which ${why}.`,
    'Correct its source_profile.',
  )
}

function roleOptions(profile: CliProfile, called: string): RoleOptions {
  const { expired_seconds: seconds } = profile
  if (seconds !== undefined && seconds !== 0 && seconds < 900) {
    throw new CredentialsError(
      `${called} has expired_seconds ${seconds}, but a role is taken for 900 at least.`,
      'Set 900 or more, or leave it out.',
    )
  }
  return {
    roleSessionName: profile.ram_session_name || undefined,
    roleSessionExpiration: seconds === 0 ? undefined : seconds,
    stsRegionId: profile.sts_region || undefined,
    stsEndpoint: profile.sts_endpoint || undefined,
    externalId: profile.external_id || undefined,
    enableVpc: profile.enable_vpc,
  }
}
