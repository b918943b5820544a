import { CredentialsError } from '../errors/credentials-error.js'
import type { KeySource } from './source.js'

export type Env = Readonly<Record<string, string | undefined>>

/** A variable that is set, and not to nothing. */
export const variable = (env: Env, name: string): string | undefined => (env[name] === '' ? undefined : env[name])

export const isOn = (env: Env, name: string): boolean => /^(?:true|1)$/i.test(env[name] ?? '')

/**
 * Keys that stand in the environment.
 * @throws CredentialsError when only one of the two is set
 */
export function keysInEnvironment(env: Env): KeySource | undefined {
  const [accessKeyId, accessKeySecret, securityToken] = ['ACCESS_KEY_ID', 'ACCESS_KEY_SECRET', 'SECURITY_TOKEN'].map((name) =>
    variable(env, `ALIBABA_CLOUD_${name}`),
  )
  if (accessKeyId === undefined && accessKeySecret === undefined) return undefined
  if (accessKeyId === undefined || accessKeySecret === undefined) {
    const [set, unset] = accessKeyId === undefined ? ['SECRET', 'ID'] : ['ID', 'SECRET']
    throw new CredentialsError(
      `ALIBABA_CLOUD_ACCESS_KEY_${set} is set, but ALIBABA_CLOUD_ACCESS_KEY_${unset} is not.`,
      'Set both, or neither.',
    )
  }
  return {
    kind: 'static',
    label: securityToken === undefined ? 'environment' : 'environment (STS)',
    keys: { accessKeyId, accessKeySecret, securityToken },
  }
}

/** A role that a token file opens, as in Kubernetes. */
export function oidcInEnvironment(env: Env): KeySource | undefined {
  const [roleArn, oidcProviderArn, oidcTokenFilePath] = ['ROLE_ARN', 'OIDC_PROVIDER_ARN', 'OIDC_TOKEN_FILE'].map((name) =>
    variable(env, `ALIBABA_CLOUD_${name}`),
  )
  if (roleArn === undefined || oidcProviderArn === undefined || oidcTokenFilePath === undefined) return undefined
  return { kind: 'oidc', label: 'environment (OIDC role)', options: { roleArn, oidcProviderArn, oidcTokenFilePath } }
}
