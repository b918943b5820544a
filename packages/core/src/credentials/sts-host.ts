import { CredentialsError } from '../errors/credentials-error.js'
import { isOn, variable, type Env } from './environment.js'
import type { RoleOptions } from './source.js'

/**
 * The host that is asked for a role: the one that is named, else that of a region, as the vendor's package finds it. The environment fills in what the
 * profile leaves open.
 * @throws CredentialsError for a region or host that is none: the keys that open the role are proved to whoever stands there
 */
export function stsHost({ stsEndpoint, stsRegionId, enableVpc }: RoleOptions, env: Env): string {
  const region = stsRegionId ?? variable(env, 'ALIBABA_CLOUD_STS_REGION')
  const isVpc = enableVpc === true || isOn(env, 'ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED')
  if (stsEndpoint !== undefined) {
    if (/^[a-z0-9.-]+(?::\d{1,5})?$/i.test(stsEndpoint)) return stsEndpoint
    throw new CredentialsError('The STS endpoint of the profile is no host.', 'Write sts_endpoint as sts.cn-hangzhou.aliyuncs.com.')
  }
  if (region === undefined) return 'sts.aliyuncs.com'
  if (/^[a-z]{2}-[a-z0-9-]+$/.test(region)) return `sts${isVpc ? '-vpc' : ''}.${region}.aliyuncs.com`
  throw new CredentialsError(
    `${JSON.stringify(region.slice(0, 60))} is no region of STS.`,
    'Write sts_region (ALIBABA_CLOUD_STS_REGION) as cn-hangzhou.',
  )
}
