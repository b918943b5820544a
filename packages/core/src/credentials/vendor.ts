import { CredentialsError } from '../errors/credentials-error.js'
import type { Credentials } from './credentials.js'
import type { KeySource } from './source.js'

/** The part of the vendor's package that is used. It throws texts that quote files and answers, so nothing it says is passed on. */
interface VendorProvider {
  readonly getCredentials: () => Promise<Credentials>
  readonly getProviderName: () => string
}

const whatFailed: Readonly<Record<KeySource['kind'], readonly [string, string]>> = {
  static: ['', ''],
  role: [
    'STS did not give keys for the role.',
    'Check the role ARN, that the role trusts this user, and that sts.aliyuncs.com can be reached.',
  ],
  oidc: [
    'STS did not give keys for the OIDC role.',
    'Check the role, the OIDC provider and the token file, and that sts.aliyuncs.com can be reached.',
  ],
  ecs: [
    'The metadata service did not give keys.',
    'Is this an ECS instance with a RAM role? ALIBABA_CLOUD_ECS_METADATA_DISABLED=true leaves it out.',
  ],
  uri: ['The credentials URI did not give keys.', 'It must answer 200 with AccessKeyId, AccessKeySecret, SecurityToken and Expiration.'],
  external: [
    'The command of the profile did not give keys.',
    'Run its process_command by hand: it must print JSON with mode, access_key_id and access_key_secret.',
  ],
}

/**
 * Keys from a source that the vendor's package knows how to ask; it remembers and renews them while the result is kept.
 * @returns a function that gives the keys of the moment
 */
export async function askVendor(source: KeySource): Promise<() => Promise<Credentials>> {
  const [text, hint] = whatFailed[source.kind]
  const failed = (): CredentialsError => new CredentialsError(`${text} (${source.label})`, hint, { retryable: true })
  const provider = await providerOf(source).catch(() => {
    throw failed()
  })
  return async () => {
    const keys = await provider.getCredentials().catch(() => undefined)
    if (keys === undefined || keys.accessKeyId === '' || keys.accessKeySecret === '') throw failed()
    const { accessKeyId, accessKeySecret, securityToken } = keys
    return { accessKeyId, accessKeySecret, securityToken }
  }
}

async function providerOf(source: KeySource): Promise<VendorProvider> {
  const vendor = await import('@alicloud/credentials')
  switch (source.kind) {
    case 'static': {
      const { keys } = source
      return { getCredentials: async () => keys, getProviderName: () => 'static' }
    }
    case 'role': {
      const { options, from } = source
      const builder = vendor.RAMRoleARNCredentialsProvider.builder().withCredentialsProvider((await providerOf(from)) as never)
      if (options.externalId !== undefined) builder.withExternalId(options.externalId)
      return sts(builder, options).build()
    }
    case 'oidc': {
      const { options } = source
      const builder = vendor.OIDCRoleArnCredentialsProvider.builder()
        .withOIDCProviderArn(options.oidcProviderArn)
        .withOIDCTokenFilePath(options.oidcTokenFilePath)
      return sts(builder, options).build()
    }
    case 'ecs': {
      const builder = vendor.ECSRAMRoleCredentialsProvider.builder().withDisableIMDSv1(source.disableIMDSv1)
      if (source.roleName !== undefined) builder.withRoleName(source.roleName)
      return builder.build()
    }
    case 'uri':
      return vendor.URICredentialsProvider.builder().withCredentialsURI(source.uri).build()
    case 'external': {
      // Not among the package's named exports; taken alone it does not write the profile file back.
      const { default: external } = await import('@alicloud/credentials/dist/src/providers/external.js')
      return external.default.builder().withProcessCommand(source.command).build()
    }
  }
}

interface StsBuilder<Self> {
  readonly withRoleArn: (value: string) => Self
  readonly withRoleSessionName: (value: string) => Self
  readonly withDurationSeconds: (value: number) => Self
  readonly withPolicy: (value: string) => Self
  readonly withStsEndpoint: (value: string) => Self
  readonly withStsRegionId: (value: string) => Self
  readonly withEnableVpc: (value: boolean) => Self
}

/** Tells a builder what is set; what is not keeps the package's defaults. */
function sts<Builder extends StsBuilder<unknown>>(builder: Builder, options: Extract<KeySource, { kind: 'role' }>['options']): Builder {
  const { roleArn, roleSessionName, roleSessionExpiration, policy, stsEndpoint, stsRegionId, enableVpc } = options
  if (roleArn !== undefined) builder.withRoleArn(roleArn)
  if (roleSessionName !== undefined) builder.withRoleSessionName(roleSessionName)
  if (roleSessionExpiration !== undefined) builder.withDurationSeconds(roleSessionExpiration)
  if (policy !== undefined) builder.withPolicy(policy)
  if (stsEndpoint !== undefined) builder.withStsEndpoint(stsEndpoint)
  if (stsRegionId !== undefined) builder.withStsRegionId(stsRegionId)
  if (enableVpc !== undefined) builder.withEnableVpc(enableVpc)
  return builder
}
