import { CredentialsError } from '../errors/credentials-error.js'
import type { Credentials } from './credentials.js'
import { isOn, variable, type Env } from './environment.js'
import type { KeySource, RoleOptions } from './source.js'
import { stsHost } from './sts-host.js'
import { mayPass, wordOf } from './vendor-word.js'

/** The part of the vendor's package that is used. It throws texts that quote files and answers, so nothing it says is passed on but a word. */
export interface VendorProvider {
  readonly getCredentials: () => Promise<Credentials>
  readonly getProviderName: () => string
}

const whatFailed: Readonly<Record<KeySource['kind'], readonly [what: string, hint: string]>> = {
  static: ['There are no keys', 'Set them.'],
  role: [
    'STS did not give keys for the role',
    'Check the role ARN, that the role trusts this user, and that sts.aliyuncs.com can be reached.',
  ],
  oidc: [
    'STS did not give keys for the OIDC role',
    'Check the role, the OIDC provider and the token file, and that sts.aliyuncs.com can be reached.',
  ],
  ecs: [
    'The metadata service did not give keys',
    'Is this an ECS instance with a RAM role? ALIBABA_CLOUD_ECS_METADATA_DISABLED=true leaves it out.',
  ],
  uri: ['The credentials URI did not give keys', 'It must answer 200 with AccessKeyId, AccessKeySecret, SecurityToken and Expiration.'],
  external: [
    'The command of the profile did not give keys',
    'Run its process_command by hand: it must print JSON with mode, access_key_id and access_key_secret.',
  ],
}

/**
 * Keys from a source that the vendor's package knows how to ask; it remembers and renews them while the result is kept.
 * @returns a function that gives the keys of the moment
 */
export async function askVendor(source: KeySource, env: Env): Promise<() => Promise<Credentials>> {
  const [what, hint] = whatFailed[source.kind]
  const failed = (error: unknown): CredentialsError => {
    if (error instanceof CredentialsError) return error
    const word = wordOf(error)
    const retryable = source.kind !== 'external' && word !== undefined && mayPass(word)
    return new CredentialsError(`${what}${word === undefined ? '' : `: ${word}`} (${source.label}).`, hint, { retryable })
  }
  const provider = await providerOf(source, env).catch((error: unknown) => {
    throw failed(error)
  })
  return async () => {
    const { accessKeyId, accessKeySecret, securityToken } = await provider.getCredentials().catch((error: unknown) => {
      throw failed(error)
    })
    return { accessKeyId, accessKeySecret, securityToken }
  }
}

/** The vendor's provider for one source, made anew: its default chain sticks to what failed. Everything it would read from the process is given. */
export async function providerOf(source: KeySource, env: Env): Promise<VendorProvider> {
  const vendor = await import('@alicloud/credentials')
  switch (source.kind) {
    case 'static': {
      const { keys } = source
      return { getCredentials: async () => keys, getProviderName: () => 'static' }
    }
    case 'role': {
      const { options, from } = source
      const inner = await providerOf(from, env)
      const builder = vendor.RAMRoleARNCredentialsProvider.builder().withCredentialsProvider(inner as never) // asks for a class, calls these two methods
      if (options.externalId !== undefined) builder.withExternalId(options.externalId)
      return tell(builder, options, env).build()
    }
    case 'oidc': {
      const { options } = source
      const builder = vendor.OIDCRoleArnCredentialsProvider.builder()
        .withOIDCProviderArn(options.oidcProviderArn)
        .withOIDCTokenFilePath(options.oidcTokenFilePath)
      return tell(builder, options, env).build()
    }
    case 'ecs': {
      const builder = vendor.ECSRAMRoleCredentialsProvider.builder().withDisableIMDSv1(isOn(env, 'ALIBABA_CLOUD_IMDSV1_DISABLED'))
      if (source.roleName !== undefined) builder.withRoleName(source.roleName)
      return builder.build()
    }
    case 'uri':
      return vendor.URICredentialsProvider.builder().withCredentialsURI(source.uri).build()
    case 'external': {
      // Not among the package's named exports; taken alone it does not write the profile file back. CommonJS: how deep its class lies depends on the loader.
      const { default: loaded } = await import('@alicloud/credentials/dist/src/providers/external.js')
      const provider = 'builder' in loaded ? (loaded as unknown as typeof loaded.default) : loaded.default
      return provider.builder().withProcessCommand(source.command).build()
    }
  }
}

interface RoleBuilder<Self> {
  readonly withRoleArn: (value: string) => Self
  readonly withRoleSessionName: (value: string) => Self
  readonly withDurationSeconds: (value: number) => Self
  readonly withPolicy: (value: string) => Self
  readonly withStsEndpoint: (value: string) => Self
}

/** Tells a builder what is set; what is not keeps the package's defaults. */
function tell<Builder extends RoleBuilder<unknown>>(builder: Builder, options: RoleOptions, env: Env): Builder {
  const { roleArn, roleSessionName, roleSessionExpiration, policy } = options
  builder.withStsEndpoint(stsHost(options, env))
  builder.withRoleSessionName(roleSessionName ?? variable(env, 'ALIBABA_CLOUD_ROLE_SESSION_NAME') ?? 'backset')
  if (roleArn !== undefined) builder.withRoleArn(roleArn)
  if (roleSessionExpiration !== undefined) builder.withDurationSeconds(roleSessionExpiration)
  if (policy !== undefined) builder.withPolicy(policy)
  return builder
}
