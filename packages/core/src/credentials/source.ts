import type { Credentials } from './credentials.js'

/** What the vendor's package is told; its own option names. */
export interface RoleOptions {
  readonly roleArn?: string | undefined
  readonly roleSessionName?: string | undefined
  readonly roleSessionExpiration?: number | undefined
  readonly policy?: string | undefined
  readonly externalId?: string | undefined
  readonly stsEndpoint?: string | undefined
  readonly stsRegionId?: string | undefined
  readonly enableVpc?: boolean | undefined
}

/** A way to keys, found but not yet asked. */
export type KeySource =
  | { readonly kind: 'static'; readonly label: string; readonly keys: Credentials }
  | { readonly kind: 'role'; readonly label: string; readonly from: KeySource; readonly options: RoleOptions }
  | {
      readonly kind: 'oidc'
      readonly label: string
      readonly options: RoleOptions & { readonly oidcProviderArn: string; readonly oidcTokenFilePath: string }
    }
  | { readonly kind: 'ecs'; readonly label: string; readonly roleName: string | undefined; readonly disableIMDSv1: boolean }
  | { readonly kind: 'uri'; readonly label: string; readonly uri: string }
  | { readonly kind: 'external'; readonly label: string; readonly command: string }
